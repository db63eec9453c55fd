import { describe, expect, test } from 'vitest';
import { mistakes, oneMistake, PROD, SIM, settings } from '../support/settings';

describe('the environment is never guessed where real money could move', () => {
  test.each(['QFPAY_APPCODE', 'QFPAY_SANDBOX_APPCODE', 'QFPAY_TEST_APPCODE', 'QFPAY_PROD_APPCODE'])(
    '%s without QFPAY_ENV is a mistake',
    (name) => {
      oneMistake({ [name]: 'C', [name.replace('APPCODE', 'KEY')]: 'K' }, /QFPAY_ENV must be set/);
    },
  );

  test.each(['production', 'live', 'PROD', 'Test', 'true'])('QFPAY_ENV=%s is a mistake', (name) => {
    oneMistake({ ...PROD, QFPAY_ENV: name }, /QFPAY_ENV/);
  });

  test('a key without an app code is a mistake, with or without QFPAY_ENV', () => {
    oneMistake({ QFPAY_KEY: 'K' }, /QFPAY_KEY is set without QFPAY_APPCODE/);
    oneMistake({ QFPAY_ENV: 'test', QFPAY_KEY: 'K' }, /QFPAY_KEY is set without QFPAY_APPCODE/);
  });

  test('an app code without its key is a mistake', () => {
    const source = { QFPAY_ENV: 'prod', QFPAY_APPCODE: 'C' };
    oneMistake(source, /QFPAY_APPCODE is set without QFPAY_KEY/);
  });

  test.each(['sandbox', 'test', 'prod'])('%s without credentials is a mistake', (name) => {
    oneMistake({ QFPAY_ENV: name }, /QFPAY_APPCODE and QFPAY_KEY .* must be set/);
  });

  test.each([
    ['sandbox', 'https://openapi-int.qfapi.com'],
    ['test', 'https://test-openapi-hk.qfapi.com'],
    ['prod', 'https://openapi-hk.qfapi.com'],
  ])('%s goes to %s', (name, baseUrl) => {
    expect(settings({ ...PROD, QFPAY_ENV: name })).toMatchObject({
      environment: name,
      baseUrl,
      simulator: null,
      simulatorUrl: null,
    });
  });

  test('test says at every start that the money is real', () => {
    expect(settings({ ...PROD, QFPAY_ENV: 'test' }).warnings.join()).toMatch(
      /real money.*refund every test sale/,
    );
  });
});

describe('credentials', () => {
  const own = { QFPAY_PROD_APPCODE: 'PC', QFPAY_PROD_KEY: 'PK', QFPAY_PROD_MCHID: 'PM' };

  test('of the environment win over the plain ones', () => {
    expect(settings({ ...PROD, QFPAY_MCHID: 'M', ...own })).toMatchObject({
      appCode: 'PC',
      key: 'PK',
      notifyKeys: ['PK'],
      mchid: 'PM',
    });
  });

  test('of another environment are not looked at', () => {
    const source = { ...PROD, ...own, QFPAY_ENV: 'sandbox' };
    expect(settings(source)).toMatchObject({ appCode: 'CODE', key: 'KEY', mchid: null });
  });

  test('win one by one, and a mixed pair is pointed out', () => {
    const mixed = settings({ ...PROD, QFPAY_PROD_KEY: 'PK' });
    expect(mixed).toMatchObject({ appCode: 'CODE', key: 'PK' });
    expect(mixed.warnings.join()).toMatch(/QFPAY_APPCODE is used with QFPAY_PROD_KEY/);
    expect(settings({ ...PROD, ...own }).warnings.join()).not.toMatch(/is used with/);
  });

  test('are both needed', () => {
    oneMistake({ QFPAY_ENV: 'prod', QFPAY_PROD_APPCODE: 'PC' }, /QFPAY_PROD_APPCODE .* QFPAY_KEY/);
  });

  test('S40 of two environments cannot be the same', () => {
    const source = { ...PROD, QFPAY_SANDBOX_APPCODE: 'CODE', QFPAY_SANDBOX_KEY: 'K' };
    oneMistake(source, /QFPAY_APPCODE and QFPAY_SANDBOX_APPCODE are the same/);
  });

  test('may have any shape, and lose the blanks of a careless copy', () => {
    const odd = { QFPAY_ENV: 'prod', QFPAY_APPCODE: ' a ', QFPAY_KEY: '§& =\n' };
    expect(settings(odd)).toMatchObject({ appCode: 'a', key: '§& =' });
  });

  test('an mchid has at most 16 characters', () => {
    expect(settings({ ...PROD, QFPAY_MCHID: 'x'.repeat(16) }).mchid).toBe('x'.repeat(16));
    oneMistake({ ...PROD, QFPAY_MCHID: 'x'.repeat(17) }, /QFPAY_MCHID/);
  });

  test('S49 notifications may have a key of their own', () => {
    expect(settings({ ...PROD, QFPAY_NOTIFY_KEY: 'NK' })).toMatchObject({
      key: 'KEY',
      notifyKeys: ['NK'],
    });
    // While QFPay changes the key, what was signed with the one before still comes in.
    const changed = { ...PROD, QFPAY_PREVIOUS_KEY: 'OLD' };
    expect(settings(changed)).toMatchObject({ key: 'KEY', notifyKeys: ['KEY', 'OLD'] });
    const ofItsOwn = { ...PROD, QFPAY_PROD_PREVIOUS_KEY: 'OWN', QFPAY_PREVIOUS_KEY: 'OLD' };
    expect(settings(ofItsOwn)).toMatchObject({ notifyKeys: ['KEY', 'OWN'] });
    expect(settings(PROD).notifyKeys).toEqual(['KEY']);
  });

  test('S46 notifications may have to come from networks that are named', () => {
    expect(settings(PROD).notifyFrom).toEqual([]);
    const named = { ...PROD, QFPAY_NOTIFY_FROM: '203.0.113.7, 198.51.100.0/24,2001:db8::/32' };
    expect(settings(named).notifyFrom).toEqual([
      { address: '203.0.113.7', bits: 32 },
      { address: '198.51.100.0', bits: 24 },
      { address: '2001:db8::', bits: 32 },
    ]);
    for (const wrong of ['qfpay.com', '1.2.3.4/33', '1.2.3.4,x']) {
      oneMistake({ ...PROD, QFPAY_NOTIFY_FROM: wrong }, /QFPAY_NOTIFY_FROM/);
    }
  });

  test('S40 of a real gateway never reach our own simulator', () => {
    const source = { ...SIM, ...PROD, QFPAY_ENV: 'simulator', QFPAY_MCHID: 'M' };
    expect(settings({ ...source, QFPAY_NOTIFY_KEY: 'NK' })).toMatchObject({
      appCode: 'SIMCODE',
      key: 'SIMKEY',
      notifyKeys: ['SIMKEY'],
      mchid: null,
    });
  });

  test('S41 the signature is SHA256 or MD5 and nothing else', () => {
    expect(settings({ ...PROD, QFPAY_SIGN_TYPE: 'MD5' }).signType).toBe('MD5');
    for (const other of ['SHA1', 'md5', 'none']) {
      oneMistake({ ...PROD, QFPAY_SIGN_TYPE: other }, /QFPAY_SIGN_TYPE/);
    }
  });

  test('FPS is given back only where somebody said so in so many words', () => {
    expect(settings(PROD).fpsRefunds).toBe(false);
    expect(settings({ ...PROD, QFPAY_FPS_REFUNDS: 'yes' }).fpsRefunds).toBe(true);
    for (const other of ['1', 'true', 'YES']) {
      oneMistake({ ...PROD, QFPAY_FPS_REFUNDS: other }, /QFPAY_FPS_REFUNDS/);
    }
  });

  test('no sentence repeats a key, a secret or a database password', () => {
    const secret = 'S3CRETS3CRETS3CRET';
    const all = mistakes({
      QFPAY_ENV: 'prod',
      QFPAY_APPCODE: secret,
      QFPAY_SANDBOX_APPCODE: secret,
      QFPAY_MCHID: secret,
      QFPAY_BASE_URL: `ftp://${secret}@x`,
      PUBLIC_URL: `https://u:${secret}@x`,
      DATABASE_URL: `postgres://u:${secret}@db/x/y`,
      AUTH_SECRET: 'S3CRET',
      SETUP_OWNER_PIN: 'S3CRET',
      QFPAY_SIGN_TYPE: secret,
      SHOP_TIME_ZONE: secret,
      SHOP_CURRENCY: secret,
      HOST: `${secret} `.repeat(2),
      PORT: secret,
      TLS_CERT: secret,
      TLS_KEY: secret,
    });
    expect(all.length).toBeGreaterThanOrEqual(14);
    expect(all.join('\n')).not.toContain('S3CRET');
  });
});

describe('the address of the gateway', () => {
  test.each([
    ['https://gateway.example.hk/qf/', 'https://gateway.example.hk/qf'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000/', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('%s is taken', (given, baseUrl) => {
    expect(settings({ ...PROD, QFPAY_BASE_URL: given }).baseUrl).toBe(baseUrl);
  });

  test.each([
    'http://gateway.example.hk',
    'http://127.0.0.1.example.hk',
    'http://localhost.example.hk',
    'http://10.0.0.1:4000',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'gateway.example.hk',
    'https://user:word@gateway.example.hk',
    'https://gateway.example.hk/?a=1',
    'https://gateway.example.hk/#a',
    'https://',
  ])('%s is a mistake', (given) => {
    oneMistake({ ...PROD, QFPAY_BASE_URL: given }, /QFPAY_BASE_URL/);
  });

  test('the simulator environment stays on this machine', () => {
    oneMistake({ ...SIM, QFPAY_BASE_URL: 'https://gateway.example.hk' }, /QFPAY_BASE_URL/);
    oneMistake({ ...SIM, QFPAY_BASE_URL: 'https://openapi-hk.qfapi.com' }, /QFPAY_BASE_URL/);
  });

  test('a simulator that somebody started elsewhere on this machine is not started again', () => {
    const source = { QFPAY_BASE_URL: 'http://127.0.0.1:4000', QFPAY_ENV: 'simulator' };
    const env = settings({ ...source, QFPAY_APPCODE: 'C', QFPAY_KEY: 'K' });
    expect(env).toMatchObject({ simulator: null, simulatorUrl: 'http://127.0.0.1:4000' });
  });

  test('S40 S50 an address of QFPay belongs to its environment only', () => {
    const source = { ...PROD, QFPAY_BASE_URL: 'https://openapi-hk.qfapi.com' };
    expect(settings(source).baseUrl).toBe('https://openapi-hk.qfapi.com');
    oneMistake({ ...source, QFPAY_ENV: 'sandbox' }, /prod address .* make them agree/);
  });

  test('S51 certificates are checked everywhere but in the simulator', () => {
    const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    oneMistake({ ...PROD, ...unchecked }, /NODE_TLS_REJECT_UNAUTHORIZED=0/);
    expect(settings({ ...SIM, ...unchecked }).environment).toBe('simulator');
    expect(mistakes({ ...PROD, NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
  });
});
