/**
 * Reads Prometheus' text format by its own description (version 0.0.4), strictly: what a reader
 * might forgive is an error here, so that a mistake of the writer does not pass unseen.
 */
type Series = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};
export type Family = { readonly type: string; readonly help: string; readonly series: Series[] };

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;

export function readExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  let current: { name: string; family: Family } | null = null;
  let help: { name: string; text: string } | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') help = { name, text: rest };
    else if (kind === 'TYPE') {
      if (families.has(name)) throw new Error(`${name} comes twice`);
      if (help?.name !== name) throw new Error(`${name} is not explained`);
      current = { name, family: { type: rest, help: help.text, series: [] } };
      families.set(name, current.family);
    } else {
      const series = readSeries(line);
      const base = current?.family.type === 'histogram' ? /_(bucket|sum|count)$/ : /$/;
      if (current === null || series.name.replace(base, '') !== current.name) {
        throw new Error(`${line} belongs to no family`);
      }
      current.family.series.push(series);
    }
  }
  for (const family of families.values()) mustDiffer(family.series);
  return families;
}

function readSeries(line: string): Series {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) throw new Error(`no name: ${line}`);
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    for (let end = false; !end; ) {
      const [whole = '', label = '', value = ''] = LABEL.exec(rest) ?? [];
      if (whole === '' || label in labels) throw new Error(`a label is wrong: ${line}`);
      labels[label] = value.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c));
      rest = rest.slice(whole.length);
      end = rest.startsWith('}');
      if (!end && !rest.startsWith(',')) throw new Error(`a label does not end: ${line}`);
      rest = rest.slice(1);
    }
  }
  if (!/^ -?\d+(\.\d+)?(e[+-]?\d+)?$/.test(rest)) throw new Error(`no number: ${line}`);
  return { name, labels, value: Number(rest) };
}

function mustDiffer(series: readonly Series[]): void {
  const keys = series.map(
    ({ name, labels }) => name + JSON.stringify(Object.entries(labels).sort()),
  );
  if (new Set(keys).size !== keys.length) throw new Error('a series comes twice');
}

/** The one value under that name and those labels. */
export function figure(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const all = [...families.values()].flatMap(({ series }) => series);
  const found = all.filter(
    (one) =>
      one.name === name &&
      Object.keys(one.labels).length === Object.keys(labels).length &&
      Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  );
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) throw new Error(`${name}: ${found.length} of them`);
  return only.value;
}
