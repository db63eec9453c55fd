import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CURRENCIES } from '@/lib/money';
import { mistakes, oneMistake, SIM, settings } from '../support/settings';

const FILE = path.resolve('data/countertop.db');

describe('the token for metrics', () => {
  test.each(['0123456789abcdef', 'a-long.token_of~letters+and/signs=='])('may be %s', (token) => {
    expect(settings({ ...SIM, METRICS_TOKEN: token }).metricsToken).toBe(token);
  });

  test.each(['too-short', 'with a blank in it', 'with"a"quote-in-it', 'x'.repeat(257)])(
    'may not be %s, and is not repeated',
    (token) => {
      oneMistake({ ...SIM, METRICS_TOKEN: token }, /METRICS_TOKEN must have 16 to 256/);
      expect(mistakes({ ...SIM, METRICS_TOKEN: token }).join()).not.toContain(token);
    },
  );
});

describe('a shop that sets nothing', () => {
  test('gets the simulator on this machine and the defaults of the contract', () => {
    expect(settings(SIM)).toEqual({
      environment: 'simulator',
      appCode: 'SIMCODE',
      key: 'SIMKEY',
      notifyKeys: ['SIMKEY'],
      notifyFrom: [],
      mchid: null,
      signType: 'SHA256',
      fpsRefunds: false,
      baseUrl: 'http://127.0.0.1:3001',
      publicUrl: null,
      notifyUrl: 'http://127.0.0.1:3000/api/qfpay/notify',
      shop: { name: 'Countertop', timeZone: 'Asia/Hong_Kong', currency: 'HKD' },
      unitOf: Object.fromEntries(CURRENCIES.map((currency) => [currency, null])),
      database: { kind: 'sqlite', file: FILE, name: FILE },
      authSecret: null,
      setupOwnerPin: null,
      metricsToken: null,
      build: null,
      port: 3000,
      host: '127.0.0.1',
      tls: null,
      trustedProxy: false,
      simulator: { port: 3001, host: '127.0.0.1' },
      simulatorUrl: 'http://127.0.0.1:3001',
      warnings: [],
    });
  });

  test('is told how the credentials of the simulator come', () => {
    oneMistake({}, /simulator.*npm start/);
  });

  test('may leave a variable empty instead of leaving it out', () => {
    expect(settings({ ...SIM, QFPAY_ENV: '', PORT: ' ', SHOP_NAME: '', TLS_CERT: '' })).toEqual(
      settings(SIM),
    );
  });
});

describe('the shop', () => {
  test('has a name, a time zone and a currency of its own', () => {
    const source = { SHOP_NAME: '茶記 Tea', SHOP_TIME_ZONE: 'asia/macau', SHOP_CURRENCY: 'CNY' };
    expect(settings({ ...SIM, ...source }).shop).toEqual({
      name: '茶記 Tea',
      timeZone: 'Asia/Macau',
      currency: 'CNY',
    });
  });

  test('has a name of one line', () => {
    expect(settings({ ...SIM, SHOP_NAME: 'x'.repeat(64) }).shop.name).toHaveLength(64);
    oneMistake({ ...SIM, SHOP_NAME: 'x'.repeat(65) }, /SHOP_NAME/);
    oneMistake({ ...SIM, SHOP_NAME: 'Tea\nHouse' }, /SHOP_NAME/);
  });

  test.each(['Hong Kong', 'Asia/Hongkong', '+08:00', 'HKT+8', '8'])(
    'is in no time zone called %s',
    (zone) => oneMistake({ ...SIM, SHOP_TIME_ZONE: zone }, /SHOP_TIME_ZONE/),
  );

  const plain = ['AED', 'CNY', 'EUR', 'HKD', 'MYR', 'SGD', 'THB', 'USD', 'CAD', 'AUD'];
  test.each(plain)('may sell in %s', (currency) => {
    expect(settings({ ...SIM, SHOP_CURRENCY: currency }).shop.currency).toBe(currency);
  });

  test.each(['GBP', 'hkd', 'HK$', 'RMB'])('cannot sell in %s', (currency) => {
    oneMistake({ ...SIM, SHOP_CURRENCY: currency }, /SHOP_CURRENCY must be one of AED, CNY/);
  });

  test.each(['JPY', 'IDR', 'MMK'])('sells in %s only once QFPay confirmed its unit', (currency) => {
    const source = { ...SIM, SHOP_CURRENCY: currency };
    const unit = `QFPAY_UNIT_${currency}`;
    oneMistake(source, new RegExp(`SHOP_CURRENCY=${currency} needs ${unit}`));
    expect(settings({ ...source, [unit]: '1' }).unitOf).toMatchObject({ [currency]: 1, HKD: null });
    expect(settings({ ...source, [unit]: '100' }).unitOf).toMatchObject({ [currency]: 100 });
    for (const wrong of ['10', '0.01', 'yes', '1e2']) {
      oneMistake({ ...source, [unit]: wrong }, new RegExp(unit));
    }
  });
});

describe('the database', () => {
  test.each([
    ['file:./data/countertop.db', path.resolve('data/countertop.db')],
    ['file:other.db', path.resolve('other.db')],
    ['file:/var/lib/countertop/a b.db', '/var/lib/countertop/a b.db'],
    ['file:///var/lib/countertop/a%20b.db', '/var/lib/countertop/a b.db'],
  ])('%s is a file', (url, file) => {
    const { database } = settings({ ...SIM, DATABASE_URL: url });
    expect(database).toEqual({ kind: 'sqlite', file, name: file });
  });

  const AUTH_SECRET = 'x'.repeat(16);
  test.each([
    ['postgres://u:p@db.shop/till', 'PostgreSQL till at db.shop'],
    ['postgresql://u@127.0.0.1:5433/till', 'PostgreSQL till at 127.0.0.1'],
    ['postgres:///till?host=%2Frun%2Fpg&user=u', 'PostgreSQL till at /run/pg'],
    ['postgres:///till', 'PostgreSQL till at localhost'],
  ])('%s is shared by several servers', (url, name) => {
    const { database } = settings({ ...SIM, DATABASE_URL: url, AUTH_SECRET });
    expect(database).toEqual({ kind: 'postgresql', url, name });
    oneMistake({ ...SIM, DATABASE_URL: url }, /AUTH_SECRET must be set.*the same on every server/);
    oneMistake({ ...SIM, DATABASE_URL: url, AUTH_SECRET: 'short' }, /AUTH_SECRET/);
  });

  test.each([
    ...['postgres:', 'postgres://', 'postgres://db', 'postgres://db/', 'postgres://db/a/b'],
    ...['postgres://u:S3CRET@db:port/x', 'postgres://db/%E0%A4%A', 'postgresql:till'],
  ])('%s names no database', (url) => {
    oneMistake({ ...SIM, DATABASE_URL: url, AUTH_SECRET }, /DATABASE_URL must be postgres:/);
    expect(mistakes({ ...SIM, DATABASE_URL: url, AUTH_SECRET }).join()).not.toContain('S3CRET');
  });

  test('over a network without a checked certificate is worth a warning', () => {
    const about = (url: string) =>
      settings({ ...SIM, DATABASE_URL: url, AUTH_SECRET }).warnings.filter((it) =>
        /sslmode=verify-full/.test(it),
      ).length;
    expect(about('postgres://u:p@db.shop/till')).toBe(1);
    expect(about('postgres://u:p@db.shop/till?sslmode=disable')).toBe(1);
    expect(about('postgres://u:p@db.shop/till?sslmode=verify-full')).toBe(0);
    expect(about('postgres://u:p@127.0.0.1/till')).toBe(0);
    expect(about('postgres:///till?host=/run/pg')).toBe(0);
  });

  test.each([
    'file:',
    'file::memory:',
    'file:./data/',
    'file:x.db?mode=ro',
    'file:///a%2Fb.db',
    'file://elsewhere/a.db',
    'sqlite:x.db',
    'mysql://db/x',
    './data/x.db',
  ])('%s is a mistake', (url) => {
    oneMistake({ ...SIM, DATABASE_URL: url }, /DATABASE_URL/);
  });

  test('is never kept where the web server hands out files', () => {
    oneMistake({ ...SIM, DATABASE_URL: 'file:./public/countertop.db' }, /public\//);
  });
});

describe('secrets', () => {
  test('AUTH_SECRET has at least 16 characters, and NEXTAUTH_SECRET works too', () => {
    const long = 'x'.repeat(16);
    expect(settings({ ...SIM, AUTH_SECRET: long }).authSecret).toBe(long);
    expect(settings({ ...SIM, NEXTAUTH_SECRET: long }).authSecret).toBe(long);
    expect(settings({ ...SIM, AUTH_SECRET: long, NEXTAUTH_SECRET: 'y' }).authSecret).toBe(long);
    oneMistake({ ...SIM, AUTH_SECRET: 'x'.repeat(15) }, /AUTH_SECRET/);
    oneMistake({ ...SIM, NEXTAUTH_SECRET: 'x'.repeat(15) }, /AUTH_SECRET/);
  });

  test('the first owner has a PIN of six digits', () => {
    expect(settings({ ...SIM, SETUP_OWNER_PIN: '012345' }).setupOwnerPin).toBe('012345');
    for (const pin of ['12345', '1234567', '12345a', '１２３４５６']) {
      oneMistake({ ...SIM, SETUP_OWNER_PIN: pin }, /SETUP_OWNER_PIN/);
    }
  });
});

test('every mistake is told at once', () => {
  const found = mistakes({ QFPAY_ENV: 'x', PORT: 'x', SHOP_CURRENCY: 'x', SETUP_OWNER_PIN: 'x' });
  expect(found).toHaveLength(4);
});
