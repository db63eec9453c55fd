import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseEnvFile, withEnvFiles } from '../../../server/commands/env-files.mjs';

test.each([
  ['PORT=8080', { PORT: '8080' }],
  ['  export PORT = 8080  # the till', { PORT: '8080' }],
  ['SHOP_NAME="Tea # House "', { SHOP_NAME: 'Tea # House ' }],
  ["QFPAY_KEY='a$b'", { QFPAY_KEY: 'a$b' }],
  ['QFPAY_KEY=a$b=c', { QFPAY_KEY: 'a$b=c' }],
  ['# PORT=1\n\nHOST=::1\r\nPORT=', { HOST: '::1', PORT: '' }],
  ['not a setting', {}],
])('a settings file saying %j sets %j', (text, values) => {
  expect(parseEnvFile(text)).toEqual(values);
});

test('what is set already wins over the files, and nearer files over farther ones', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'countertop-env-'));
  const write = (name: string, text: string) => writeFileSync(path.join(root, name), text);
  write('.env', 'A=far\nB=far\nC=far\nD=far');
  write('.env.production', 'B=production\nC=production\nD=production');
  write('.env.local', 'C=local\nD=local');
  write('.env.development', 'B=development');
  const env = withEnvFiles({ D: 'set' }, { root, mode: 'production' });
  expect(env).toMatchObject({ A: 'far', B: 'production', C: 'local', D: 'set' });
  rmSync(root, { recursive: true });
});
