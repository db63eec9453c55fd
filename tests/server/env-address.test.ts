import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issue, newAuthority } from '@/server/commands/authority';
import { ONE, TWO } from '../support/certificates';
import { mistakes, oneMistake, PROD, SIM, settings } from '../support/settings';

describe('the public address', () => {
  test('builds the address that QFPay notifies', () => {
    const env = settings({ ...PROD, PUBLIC_URL: 'https://till.example.hk/' });
    expect(env).toMatchObject({
      publicUrl: 'https://till.example.hk',
      notifyUrl: 'https://till.example.hk/api/qfpay/notify',
      warnings: [],
    });
  });

  test('without one nobody is asked to notify, and the log says what that costs', () => {
    const env = settings(PROD);
    expect(env).toMatchObject({ publicUrl: null, notifyUrl: null });
    expect(env.warnings.join()).toMatch(/PUBLIC_URL is not set/);
  });

  test.each([
    'https://till.example.hk:8443',
    'http://till.example.hk:3000',
    'http://localhost',
    'https://127.0.0.1',
    'https://[::1]',
    'https://192.168.1.20',
    'https://10.1.2.3',
    'https://172.20.0.1',
    'https://till.local',
    'https://till',
  ])('%s is taken with a warning that QFPay cannot reach it', (given) => {
    const env = settings({ ...PROD, PUBLIC_URL: given });
    expect(env.publicUrl).toBe(given);
    expect(env.warnings.join()).toMatch(/QFPay cannot reach PUBLIC_URL/);
  });

  test.each([
    'https://till.example.hk',
    'http://till.example.hk',
    'http://till.example.hk:80',
    'https://till.example.hk:80',
    'https://203.0.113.9',
    'https://172.32.0.1',
  ])('%s is taken without a word', (given) => {
    expect(settings({ ...PROD, PUBLIC_URL: given }).warnings).toEqual([]);
  });

  test.each([
    'till.example.hk',
    'ftp://x.hk',
    'https://u:p@x.hk',
    'https://x.hk/?a',
    'https://x.hk#a',
  ])('%s is a mistake', (given) => {
    oneMistake({ ...PROD, PUBLIC_URL: given }, /PUBLIC_URL/);
  });

  test('behind the HTTPS front the simulator notifies the app itself', () => {
    const env = settings({ ...SIM, PORT: '45678', COUNTERTOP_PORT: '3000' });
    expect(env).toMatchObject({
      port: 3000,
      simulator: { port: 3001, host: '127.0.0.1' },
      notifyUrl: 'http://127.0.0.1:45678/api/qfpay/notify',
    });
  });
});

describe('where the server listens', () => {
  test.each(['0', '65536', '-1', '80.5', '0x50', 'http', '1e3'])('PORT=%s is a mistake', (port) => {
    oneMistake({ ...SIM, PORT: port }, /^PORT must be a whole number/);
    oneMistake({ ...SIM, SIMULATOR_PORT: port }, /^SIMULATOR_PORT must be a whole number/);
  });

  test('the simulator stands on the next port and the same host unless told otherwise', () => {
    expect(settings({ ...SIM, PORT: '8080', HOST: '::1' })).toMatchObject({
      port: 8080,
      simulator: { port: 8081, host: '::1' },
      baseUrl: 'http://[::1]:8081',
      notifyUrl: 'http://[::1]:8080/api/qfpay/notify',
    });
    const told = { SIMULATOR_PORT: '9000', SIMULATOR_HOST: '127.0.0.2' };
    expect(settings({ ...SIM, ...told }).simulator).toEqual({ port: 9000, host: '127.0.0.2' });
  });

  test('the app and the simulator cannot share a port', () => {
    oneMistake({ ...SIM, PORT: '8080', SIMULATOR_PORT: '8080' }, /SIMULATOR_PORT and PORT/);
    oneMistake({ ...SIM, PORT: '65535' }, /SIMULATOR_PORT must be set/);
    expect(mistakes({ ...PROD, PORT: '65535' })).toEqual([]);
    expect(mistakes({ ...PROD, PORT: '8080', SIMULATOR_PORT: '8080' })).toEqual([]);
  });

  test('listening everywhere, the server still finds its simulator on this machine', () => {
    const env = settings({ ...SIM, HOST: '0.0.0.0', PUBLIC_URL: 'https://till.example.hk' });
    expect(env).toMatchObject({
      baseUrl: 'http://127.0.0.1:3001',
      simulatorUrl: 'http://till.example.hk:3001',
    });
    expect(settings({ ...SIM, HOST: '::' }).baseUrl).toBe('http://127.0.0.1:3001');
  });

  test('other devices without HTTPS are worth a warning', () => {
    expect(settings({ ...SIM, HOST: '0.0.0.0' }).warnings.join()).toMatch(/HTTPS.*TLS_CERT/);
    expect(settings({ ...SIM, HOST: 'localhost' }).warnings).toEqual([]);
  });

  test('a proxy that serves HTTPS is trusted only when somebody says so', () => {
    expect(settings(SIM).trustedProxy).toBe(false);
    expect(settings({ ...SIM, TRUSTED_PROXY: 'no' }).trustedProxy).toBe(false);
    expect(settings({ ...SIM, TRUSTED_PROXY: 'yes' })).toMatchObject({
      trustedProxy: true,
      warnings: [],
    });
    oneMistake({ ...SIM, TRUSTED_PROXY: '10.0.0.5' }, /^TRUSTED_PROXY must be yes or no/);
  });

  test('who could come round the proxy is worth a warning of its own', () => {
    const { warnings } = settings({ ...SIM, HOST: '0.0.0.0', TRUSTED_PROXY: 'yes' });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/HOST lets other devices in.*proxy.*firewall/);
  });

  test.each(['http://0.0.0.0', '0.0.0.0:3000', '999.1.1.1', 'a b', '*', 'a..b'])(
    'HOST=%s is a mistake',
    (host) => oneMistake({ ...SIM, HOST: host }, /^HOST must be an address/),
  );
});

describe('HTTPS', () => {
  let folder = '';
  const file = (name: string) => path.join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'countertop-tls-'));
    for (const [name, pair] of Object.entries({ one: ONE, two: TWO })) {
      writeFileSync(file(`${name}.pem`), pair.cert);
      writeFileSync(file(`${name}.key`), pair.key);
    }
    writeFileSync(file('rubbish'), 'not a certificate');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is served here or by the proxy in front, not by both', () => {
    const tls = { TLS_CERT: file('one.pem'), TLS_KEY: file('one.key') };
    oneMistake({ ...SIM, ...tls, TRUSTED_PROXY: 'yes' }, /TRUSTED_PROXY=yes.*TLS_CERT/);
  });

  test('takes a certificate and its own key', () => {
    const tls = { TLS_CERT: file('one.pem'), TLS_KEY: file('one.key') };
    const env = settings({ ...SIM, ...tls, HOST: '0.0.0.0' });
    expect(env.tls).toEqual({ cert: file('one.pem'), key: file('one.key') });
    expect(env.warnings).toEqual([]);
  });

  test('needs both files', () => {
    oneMistake({ ...SIM, TLS_CERT: file('one.pem') }, /TLS_CERT is set without TLS_KEY/);
    oneMistake({ ...SIM, TLS_KEY: file('one.key') }, /TLS_KEY is set without TLS_CERT/);
  });

  test('needs files that exist and are what they should be', () => {
    const [cert, key] = [file('one.pem'), file('one.key')];
    oneMistake({ ...SIM, TLS_CERT: file('absent'), TLS_KEY: key }, /^TLS_CERT must name/);
    oneMistake({ ...SIM, TLS_CERT: file('rubbish'), TLS_KEY: key }, /^TLS_CERT must name/);
    oneMistake({ ...SIM, TLS_CERT: cert, TLS_KEY: file('absent') }, /^TLS_KEY must name/);
    oneMistake({ ...SIM, TLS_CERT: cert, TLS_KEY: file('rubbish') }, /^TLS_KEY must name/);
  });

  test('warns of one that ends soon or has ended, and starts all the same', () => {
    const authority = newAuthority('of a test', { dns: [], addresses: [] }, new Date());
    const names = { dns: ['localhost'], addresses: [] };
    const [old, soon, young] = [500, 380, 300].map((days) => {
      const now = new Date(Date.now() - days * 86_400_000);
      const made = issue(authority, names, { key: null, now });
      writeFileSync(file(`${days}.pem`), made.certificate);
      writeFileSync(file(`${days}.key`), made.key);
      const tls = { TLS_CERT: file(`${days}.pem`), TLS_KEY: file(`${days}.key`) };
      return settings({ ...SIM, ...tls }).warnings;
    });
    expect(old).toEqual([expect.stringMatching(/TLS_CERT ended on .+ npm run certificate/)]);
    expect(soon).toEqual([expect.stringMatching(/TLS_CERT ends on .+ npm run certificate/)]);
    expect(young).toEqual([]);
  });

  test('refuses the key of another certificate', () => {
    const source = { TLS_CERT: file('one.pem'), TLS_KEY: file('two.key') };
    oneMistake({ ...SIM, ...source }, /TLS_KEY is not the key of TLS_CERT/);
  });
});
