import { describe, expect, test } from 'vitest';
import { MAGIC, type MagicOutcome, magicCode, readMagic } from '@/server/simulator/magic';
import { openShop, SHAPES, type Shop } from './shop';

const magic = (outcome: MagicOutcome, polls = 0) => ({
  auth_code: magicCode(outcome, { polls, serial: 7 }),
});
const states = async (shop: Shop, times: number) => {
  const seen: unknown[] = [];
  for (let time = 0; time < times; time += 1) seen.push(await shop.stateOf('C-1'));
  return seen;
};

describe.each(SHAPES)('a scanned code, %s', (shape) => {
  const settings = { shape };

  test('that nobody knows is paid at once when it looks like one', async () => {
    const shop = await openShop({ settings });
    const answer = await shop.scan('C-1');
    expect(answer.flat).toMatchObject({ respcd: '0000', txamt: '3850', out_trade_no: 'C-1' });
    expect(await shop.stateOf('C-1')).toBe('0000');
  });

  test.each(['0123', 'not-digits-at-all', '1'.repeat(33)])(
    'such as %s gets 1202, and the refusal stays on record',
    async (auth_code) => {
      const shop = await openShop({ settings });
      const answer = await shop.scan('C-1', { auth_code });
      expect(answer.flat).toMatchObject({ respcd: '1202', out_trade_no: 'C-1' });
      expect(answer.flat.sysdtm).toBeUndefined();
      expect(await shop.stateOf('C-1')).toBe('1202');
    },
  );

  test.each([
    ['pays', '0000', ['0000']],
    ['asks-then-pays', '1143', ['1143', '1143', '1143', '0000']],
    ['asks-then-refused', '1143', ['1143', '1143', '1143', '1201']],
    ['code-wrong', '1202', ['1202']],
    ['too-little-money', '1201', ['1201']],
    ['slow-then-pays', '1298', ['1143', '0000']],
    ['processing-then-pays', '1145', ['1145', '1145', '1145', '0000']],
    ['never-decides', '1143', ['1143', '1143', '1143', '1143', '1143']],
  ] as const)('that %s answers %s and then tells the truth', async (outcome, first, later) => {
    const shop = await openShop({ settings });
    const answer = await shop.scan('C-1', magic(outcome));
    expect(answer.flat.respcd).toBe(first);
    expect(await states(shop, later.length)).toEqual(later);
  });

  test('can say how often the payer is still busy', async () => {
    const shop = await openShop({ settings });
    await shop.scan('C-1', magic('asks-then-pays', 1));
    expect(await states(shop, 2)).toEqual(['1143', '0000']);
  });

  test('that answers nothing has paid, or was lost', async () => {
    const shop = await openShop({ settings });
    await expect(shop.scan('C-1', magic('silent-and-paid'))).rejects.toThrow('socket hang up');
    expect(await shop.stateOf('C-1')).toBe('0000');
    await expect(shop.scan('C-2', magic('silent-and-lost'))).rejects.toThrow('socket hang up');
    expect(await shop.stateOf('C-2')).toBeNull();
  });

  test('that is refused can turn out paid after all', async () => {
    const shop = await openShop({ settings });
    expect((await shop.scan('C-1', magic('refused-yet-paid'))).flat.respcd).toBe('1202');
    await shop.control('clock', { advance: 19_999 });
    expect(await shop.stateOf('C-1')).toBe('1202');
    await shop.control('clock', { advance: 1 });
    expect(await shop.stateOf('C-1')).toBe('0000');
  });
});

test('envelopes tell a scan’s state in txstatus as well', async () => {
  const shop = await openShop({ settings: { shape: 'envelope' } });
  expect((await shop.scan('C-1')).flat.txstatus).toBe('SUCCESS');
  const asked = await shop.scan('C-2', magic('asks-then-pays'));
  expect(asked.flat.txstatus).toBe('PENDING');
  expect((await shop.scan('C-3', magic('code-wrong'))).flat.txstatus).toBe('FAILED');
});

test('every magic code is as long as its wallet’s and says what it was made for', () => {
  const lengths = { '13': 18, '15': 18, '25': 24, '28': 24, '62': 19, '81': 20, '82': 20 };
  for (const [prefix, length] of Object.entries(lengths)) {
    for (const row of MAGIC) {
      const code = magicCode(row.outcome, { prefix, polls: 2, serial: 42 });
      expect(code).toMatch(new RegExp(`^${prefix}\\d{${length - 2}}$`));
      expect(readMagic(code)).toEqual({ outcome: row.outcome, polls: 2 });
    }
  }
  expect(readMagic('134567890123456789')).toBeNull();
});

describe('the router 800008', () => {
  test.each([
    ['134567890123456789', '800208'],
    ['280123456789012345678901', '800108'],
    ['6212345678901234567', '800708'],
    ['81234567890123456789', '805808'],
    ['82234567890123456789', '800008'],
  ])('takes %s as %s', async (auth_code, used) => {
    const shop = await openShop();
    const answer = await shop.scan('C-1', { pay_type: '800008', auth_code });
    expect(answer.flat).toMatchObject({ respcd: '0000', pay_type: used });
  });

  test('names itself by a switch', async () => {
    const shop = await openShop({ settings: { routedPayType: 'router' } });
    expect((await shop.scan('C-1', { pay_type: '800008' })).flat.pay_type).toBe('800008');
  });
});

describe('a code of the wallet page', () => {
  const issue = async (shop: Shop, body: object = {}) => {
    const { code } = await shop.control('issue-code', body);
    return { auth_code: String(code) };
  };

  test.each([
    ['wechat', /^13\d{16}$/, '800208'],
    ['wechat-hk', /^15\d{16}$/, '800208'],
    ['alipay-hk', /^28\d{22}$/, '800108'],
    ['alipay-plus', /^25\d{22}$/, '800108'],
    ['unionpay', /^62\d{17}$/, '800708'],
    ['payme', /^81\d{18}$/, '805808'],
    ['octopus', /^82\d{18}$/, '800008'],
  ])('of %s has its wallet’s form and is good for one charge', async (wallet, form, pay_type) => {
    const shop = await openShop();
    const code = await issue(shop, { wallet });
    expect(code.auth_code).toMatch(form);
    expect((await shop.scan('C-1', { ...code, pay_type })).flat.respcd).toBe('0000');
    expect((await shop.scan('C-2', { ...code, pay_type })).flat.respcd).toBe('1202');
  });

  test('dies after a minute', async () => {
    const shop = await openShop();
    const early = await issue(shop);
    const late = await issue(shop);
    await shop.control('clock', { advance: 59_999 });
    expect((await shop.scan('C-1', early)).flat.respcd).toBe('0000');
    await shop.control('clock', { advance: 1 });
    expect((await shop.scan('C-2', late)).flat.respcd).toBe('1202');
  });

  test('is refused by another wallet’s pay type', async () => {
    const shop = await openShop();
    const code = await issue(shop, { wallet: 'wechat' });
    expect((await shop.scan('C-1', { ...code, pay_type: '800108' })).flat.respcd).toBe('1202');
  });

  test('that asks for a password waits for the customer, who pays or refuses', async () => {
    const shop = await openShop();
    const ask = { askPassword: true };
    expect((await shop.scan('C-1', await issue(shop, ask))).flat.respcd).toBe('1143');
    expect((await shop.scan('C-2', await issue(shop, ask))).flat.respcd).toBe('1143');
    expect(await states(shop, 3)).toEqual(['1143', '1143', '1143']);
    await shop.control('pay', { number: 'C-1' });
    await shop.control('refuse', { number: 'C-2', code: '1201' });
    expect(await shop.stateOf('C-1')).toBe('0000');
    expect(await shop.stateOf('C-2')).toBe('1201');
  });

  test('asks for it from an amount on, in the words of the setting', async () => {
    const shop = await openShop({ settings: { passwordFrom: 100_000, pendingCode: '1145' } });
    expect((await shop.scan('C-1', { txamt: '99999' })).flat.respcd).toBe('0000');
    expect((await shop.scan('C-2', { txamt: '100000' })).flat.respcd).toBe('1145');
  });
});
