import { describe, expect, test } from 'vitest';
import { flush, isGenuine, listen, md5, noticesOf } from './receiver';
import { openShop } from './shop';

describe('notifications gone wrong', () => {
  const paidWith = async (fault: object) => {
    const receiver = await listen();
    const shop = await openShop();
    await shop.control('fault', { endpoint: 'payment', ...fault });
    await shop.scan('N-1', { notify_url: receiver.url });
    await flush(shop);
    return { receiver, shop };
  };

  test('twice more than needed', async () => {
    const { receiver } = await paidWith({ kind: 'notice-duplicate', count: 2 });
    expect(receiver.heard).toHaveLength(3);
    expect(receiver.heard.every(isGenuine)).toBe(true);
  });

  test('fifteen hours late', async () => {
    const { receiver, shop } = await paidWith({ kind: 'notice-late', ms: 54_000_000 });
    await shop.control('clock', { advance: 53_999_999 });
    await flush(shop);
    expect(receiver.heard).toHaveLength(0);
    await shop.control('clock', { advance: 1 });
    await flush(shop);
    expect(receiver.heard).toHaveLength(1);
  });

  test('tampered with: the amount is another, the signature the honest one’s', async () => {
    const { receiver } = await paidWith({ kind: 'notice-tampered' });
    const [notice] = receiver.heard;
    expect(JSON.parse(notice?.text ?? '')).toMatchObject({ txamt: '1', out_trade_no: 'N-1' });
    expect(notice && isGenuine(notice)).toBe(false);
  });

  test('signed with a key that is not ours', async () => {
    const { receiver } = await paidWith({ kind: 'notice-wrong-key' });
    const [notice] = receiver.heard;
    expect(JSON.parse(notice?.text ?? '')).toMatchObject({ txamt: '3850' });
    expect(notice && isGenuine(notice)).toBe(false);
  });

  test('never', async () => {
    const { receiver, shop } = await paidWith({ kind: 'notice-never' });
    await shop.control('clock', { advance: 172_800_000 });
    await flush(shop);
    expect(receiver.heard).toEqual([]);
    expect((await noticesOf(shop))[0]).toMatchObject({ state: 'withheld' });
  });

  test('before the answer of the very payment', async () => {
    const order: string[] = [];
    const receiver = await listen(() => order.push('notification'));
    const shop = await openShop();
    await shop.control('fault', { kind: 'notice-before-answer', endpoint: 'payment' });
    await shop.scan('N-1', { notify_url: receiver.url });
    order.push('answer');
    expect(order).toEqual(['notification', 'answer']);
  });

  test('a separate key signs them when one was issued', async () => {
    const receiver = await listen();
    const shop = await openShop({ account: { notifyKey: 'SEPARATE' } });
    await shop.scan('N-1', { notify_url: receiver.url });
    await flush(shop);
    const [notice] = receiver.heard;
    expect(notice?.headers['x-qf-sign']).toBe(md5(`${notice?.text}SEPARATE`));
  });

  test.each([
    ['nothing', undefined],
    ['wrong', false],
    ['right', true],
  ] as const)('forged, signed with the %s key', async (signWith, genuine) => {
    const receiver = await listen();
    const shop = await openShop();
    receiver.answer = [401, ''];
    const notice = await shop.control('forge-notification', {
      url: receiver.url,
      number: 'NOT-OURS',
      amount: 1,
      signWith,
    });
    expect(notice).toMatchObject({
      kind: 'forged',
      state: 'given-up',
      status: 401,
      answer: '',
    });
    const [heard] = receiver.heard;
    if (genuine === undefined) expect(heard?.headers['x-qf-sign']).toBeUndefined();
    else expect(heard && isGenuine(heard)).toBe(genuine);
    expect(JSON.parse(heard?.text ?? '')).toMatchObject({ out_trade_no: 'NOT-OURS', txamt: '1' });
  });
});
