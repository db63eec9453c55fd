/** What we take from others: few, exact, from the registry, new enough, and each explained. */
type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};
type Lock = {
  readonly packages: Readonly<
    Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>
  >;
};

const RUNTIME_MAX = 18;
/** The oldest versions without a known hole, and the advisory that each closes. */
const FLOORS: Readonly<Record<string, { floor: string; closes: string }>> = {
  next: { floor: '16.4.5', closes: 'security release of 3 November 2026' },
  'node-forge': { floor: '1.4.0', closes: 'CVE-2026-33894 and CVE-2026-33896' },
  'next-auth': { floor: '4.24.15', closes: 'GHSA-7rqj-j65f-68wh' },
};

/** `readme` explains a package in a table row that begins with its name. */
export function packagesAreFew(manifest: Manifest, readme: string): string[] {
  const names = Object.keys(manifest.dependencies ?? {});
  const rows = readme.split('\n').filter((line) => line.startsWith('|'));
  const explained = new Set(
    rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((m) => m[1])),
  );
  return [
    ...(names.length > RUNTIME_MAX ? [`${names.length} runtime dependencies`] : []),
    ...names
      .filter((name) => !explained.has(name))
      .map((name) => `the README does not say what ${name} saves us`),
  ];
}

export function packagesAreExact(manifest: Manifest, lock: Lock): string[] {
  const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  return [
    ...asked
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => `${name} is asked for as ${version}`),
    ...Object.entries(lock.packages)
      .filter(([name, entry]) => name !== '' && (!entry.integrity || entry.link === true))
      .map(([name]) => `${name} has no checksum in the lock file`),
    ...Object.entries(lock.packages)
      .filter(([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'))
      .map(([name]) => `${name} does not come from the registry`),
  ];
}

export function packagesAreNewEnough(lock: Lock): string[] {
  return Object.entries(FLOORS).flatMap(([name, { floor, closes }]) => {
    const version = lock.packages[`node_modules/${name}`]?.version ?? '0.0.0';
    return isOlder(version, floor) ? [`${name} ${version} is older than ${floor} (${closes})`] : [];
  });
}

function isOlder(version: string, floor: string): boolean {
  const parts = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10));
  const wanted = parts(floor);
  const first = parts(version).findIndex((part, index) => part !== wanted[index]);
  return first >= 0 && (parts(version)[first] ?? 0) < (wanted[first] ?? 0);
}
