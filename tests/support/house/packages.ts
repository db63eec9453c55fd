/** What we take from others: few, exact, from the registry, new enough, and each explained. */
type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};
type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      {
        version?: string;
        resolved?: string;
        integrity?: string;
        link?: boolean;
        optional?: boolean;
      }
    >
  >;
};

const RUNTIME_MAX = 18;
/** security/minimums.json: the oldest versions without a known hole, and what each closes. */
export type Minimums = Readonly<
  Record<string, { readonly minimum: string; readonly closes: readonly string[] }>
>;

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

/** Wherever in the tree a package lies, and for whatever it is used. */
export function packagesAreNewEnough(lock: Lock, minimums: Minimums): string[] {
  const lying = Object.entries(lock.packages).map(([place, entry]) => ({
    name: nameAt(place),
    version: entry.version ?? '0.0.0',
  }));
  return Object.entries(minimums).flatMap(([name, { minimum, closes }]) => {
    const found = lying.filter((one) => one.name === name);
    const old = found.filter(({ version }) => isOlder(version, minimum));
    return [
      // Whoever takes a package out takes its line out as well, or it would seem to be watched.
      ...(found.length === 0 ? [`${name} is not there, and has a minimum`] : []),
      ...(closes.length === 0 ? [`${name} has a minimum and no hole that it closes`] : []),
      ...old.map(({ version }) => `${name} ${version} is older than ${minimum}: ${closes}`),
    ];
  });
}

const nameAt = (place: string): string => place.replace(/^.*node_modules\//, '');

/** What `npm sbom` wrote of the lock file, as far as it matters here. */
export type Bill = {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly hashes?: readonly { readonly content: string }[];
  }[];
};

/**
 * A bill of materials names what is installed, each by its version and its checksum. What only
 * other machines need may be missing.
 */
export function billIsOf({ components }: Bill, lock: Lock): string[] {
  const listed = components.map(({ name, version, hashes }) =>
    [name, version, hashes?.[0]?.content].join(' '),
  );
  const locked = Object.entries(lock.packages)
    .filter(([place]) => place !== '')
    .map(([place, { version, integrity = '', optional = false }]) => ({
      line: [nameAt(place), version, hexOf(integrity)].join(' '),
      optional,
    }));
  const inBill = new Set(listed);
  const inLock = new Set(locked.map(({ line }) => line));
  return [
    ...locked
      .filter(({ line, optional }) => !optional && !inBill.has(line))
      .map(({ line }) => `the bill lacks ${line}`),
    ...listed.filter((line) => !inLock.has(line)).map((line) => `nothing is installed of ${line}`),
  ];
}

const hexOf = (integrity: string): string =>
  Buffer.from(integrity.replace(/^sha\d+-/, ''), 'base64').toString('hex');

function isOlder(version: string, floor: string): boolean {
  const parts = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10));
  const wanted = parts(floor);
  const first = parts(version).findIndex((part, index) => part !== wanted[index]);
  return first >= 0 && (parts(version)[first] ?? 0) < (wanted[first] ?? 0);
}
