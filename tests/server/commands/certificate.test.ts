import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateFiles } from '@/server/certificate-place';
import { cleanEnvironment, startNode } from '../../support/processes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countertop-certificate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => certificateFiles(folder);
const read = (file: string) => readFileSync(file, 'utf8');

/** As `npm run certificate -- …` runs it. */
async function certificate(names: readonly string[] = [], env: Record<string, string> = {}) {
  const program = startNode(['server/commands/run.mjs', 'certificate', ...names], {
    ...cleanEnvironment(),
    DATABASE_URL: `file:${folder}/countertop.db`,
    ...env,
  });
  await program.ended;
  return { code: program.exit()?.code, said: program.output() };
}

/** Each starts the command once or more, and that loads the whole of a TypeScript runner. */
describe('npm run certificate', { timeout: 60_000 }, () => {
  test('makes both, keeps the keys to its owner and says what to do', async () => {
    const { code, said } = await certificate(['192.168.77.5']);
    expect(code).toBe(0);
    const { authority, authorityKey, certificate: cert, key, folder: place } = files();
    for (const secret of [authorityKey, key]) expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    const made = new X509Certificate(read(cert));
    const parent = new X509Certificate(read(authority));
    expect(made.verify(parent.publicKey)).toBe(true);
    expect(made.checkIP('192.168.77.5')).toBe('192.168.77.5');
    expect(said).toContain(`TLS_CERT=${cert}\n`);
    expect(said).toContain(`TLS_KEY=${key}\n`);
    expect(said).toContain(parent.fingerprint256);
    expect(said).toMatch(/HOST=0\.0\.0\.0\n[\s\S]*HOST is 127\.0\.0\.1: no tablet can reach/);
    expect(said).toContain(':3000/trust');
    expect(said).toContain('█');
    expect(said).not.toContain('PRIVATE KEY');
  });

  test('run again renews the certificate and lets tablets be', async () => {
    await certificate();
    const before = [files().authority, files().authorityKey, files().key].map(read);
    const old = new X509Certificate(read(files().certificate));
    const named = { TLS_CERT: files().certificate, TLS_KEY: files().key };
    const { said } = await certificate([], { ...named, HOST: '0.0.0.0', PORT: '4433' });
    expect([files().authority, files().authorityKey, files().key].map(read)).toEqual(before);
    const renewed = new X509Certificate(read(files().certificate));
    expect(renewed.serialNumber).not.toBe(old.serialNumber);
    expect(said).toMatch(/tablets need nothing new/);
    expect(said).toContain('1. Start anew with npm start');
    expect(said).not.toMatch(/TLS_CERT=|HOST/);
    expect(said).toContain(':4433/trust');
  });

  test('takes no name later that its authority may not speak for', async () => {
    await certificate();
    const before = read(files().certificate);
    const { code, said } = await certificate(['till.example.hk']);
    expect(code).toBe(1);
    expect(said).toMatch(/^The authority in .+ may not speak for till\.example\.hk\./);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(read(files().certificate)).toBe(before);
  });

  test.each([
    [['not a name'], {}, /^not a name is neither a name/],
    [['fe80::1%eth0'], {}, /^fe80::1%eth0 is neither/],
    [[], { PORT: '0', HOST: 'a/b' }, /^PORT must be[^\n]+\nHOST must be[^\n]+$/],
    [[], { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be/],
  ])('refuses %j %j in a sentence and makes nothing', async (names, env, sentence) => {
    const { code, said } = await certificate(names, env);
    expect(code).toBe(1);
    expect(said.trim()).toMatch(sentence);
    expect(() => statSync(files().folder)).toThrow(/ENOENT/);
  });
});
