/** The map from every check of the shop's security to the tests that hold it; and our packages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as packages from './support/house/packages';
import { mistakesOf } from './support/map';
import { ROOT } from './support/processes';
import { SECURITY } from './support/security/security';

test('every check is held by a test, or it is said why none can', () => {
  expect(mistakesOf(SECURITY)).toEqual([]);
});

describe('what we take from others', () => {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  const manifest = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));

  test('S69 S72 takes few packages, exactly, from the registry, and explains each', () => {
    expect(packages.packagesAreFew(manifest, read('README.md'))).toEqual([]);
    expect(packages.packagesAreExact(manifest, lock)).toEqual([]);
  });

  test('S70 takes none that is older than its last known hole', () => {
    const minimums = JSON.parse(read('security/minimums.json'));
    expect(packages.packagesAreNewEnough(lock, minimums)).toEqual([]);
  });

  test('S69 lists what is installed, as npm does: npm run sbom', () => {
    const bill = JSON.parse(read('security/sbom.json'));
    expect(bill.bomFormat).toBe('CycloneDX');
    const names = bill.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(packages.billIsOf(bill, lock)).toEqual([]);
  });

  test('is refused: too many, unexplained, inexact, from elsewhere, with a known hole, unlisted', () => {
    const many = Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`p${i}`, '1.0.0']));
    const rows = Object.keys(many).map((name) => `| \`${name}\` | saves us work |`);
    expect(packages.packagesAreFew({ dependencies: many }, rows.join('\n'))).toHaveLength(1);
    expect(
      packages.packagesAreFew({ dependencies: { zod: '4.0.0' } }, 'we use `zod` a lot'),
    ).toHaveLength(1);
    const loose = { dependencies: { zod: '^4.0.0' }, devDependencies: { tsx: 'latest' } };
    expect(packages.packagesAreExact(loose, { packages: {} })).toHaveLength(2);
    const integrity = 'sha512-x';
    const elsewhere = { version: '1.0.0', integrity, resolved: 'git+ssh://git@github.com/x/y' };
    const places = {
      '': {},
      'node_modules/x': elsewhere,
      'node_modules/y': { version: '1.0.0' },
    };
    expect(packages.packagesAreExact({}, { packages: places })).toHaveLength(2);
    const old = { 'node_modules/x/node_modules/next': { version: '16.4.4' } };
    const next = { minimum: '16.4.5', closes: ['CVE-1'] };
    const judged = (minimums: packages.Minimums) =>
      packages.packagesAreNewEnough({ packages: old }, minimums);
    expect(judged({ next })).toEqual(['next 16.4.4 is older than 16.4.5: CVE-1']);
    expect(judged({ next: { ...next, minimum: '16.4.4' } })).toEqual([]);
    expect(judged({ react: next })).toHaveLength(1);
    const listed = { name: 'z', version: '1.0.0', hashes: [] };
    expect(packages.billIsOf({ bomFormat: '', components: [listed] }, { packages: old })).toEqual([
      'the bill lacks next 16.4.4 ',
      'nothing is installed of z 1.0.0 ',
    ]);
  });
});
