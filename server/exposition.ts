/**
 * Prometheus' text format, version 0.0.4. It promises names, labels and numbers that every reader
 * of that format takes; a figure that is no number is a fault and not a line.
 */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
export type Sample = { readonly labels?: Labels; readonly value: number };
/** Whole seconds, and how many took so long. */
type Wait = { readonly seconds: number; readonly count: number };

/** One metric; without a sample it is left out. */
export function gauge(name: string, help: string, samples: readonly Sample[]): string {
  return family({ name, help, type: 'gauge' }, samples.map(sampleOf(name)));
}

/** A number that only grows while its process lives. */
export function counter(name: string, help: string, value: number): string {
  return family({ name, help, type: 'counter' }, [sampleOf(name)({ value })]);
}

type Histogram = {
  readonly name: string;
  readonly help: string;
  /** Upper ends, rising; the last one, without an end, is added. */
  readonly buckets: readonly number[];
  readonly series: readonly { readonly labels: Labels; readonly waits: readonly Wait[] }[];
};

export function histogram({ name, help, buckets, series }: Histogram): string {
  const lines = series.flatMap(({ labels, waits }) => {
    const upTo = (end: number) => total(waits.filter(({ seconds }) => seconds <= end));
    const line = (suffix: string, more: Labels, value: number) =>
      sampleOf(name + suffix)({ labels: { ...labels, ...more }, value });
    return [
      ...buckets.map((end) => line('_bucket', { le: String(end) }, upTo(end))),
      line('_bucket', { le: '+Inf' }, total(waits)),
      line(
        '_sum',
        {},
        waits.reduce((sum, { seconds, count }) => sum + seconds * count, 0),
      ),
      line('_count', {}, total(waits)),
    ];
  });
  return family({ name, help, type: 'histogram' }, lines);
}

const total = (waits: readonly Wait[]): number => waits.reduce((sum, { count }) => sum + count, 0);

type Head = { readonly name: string; readonly help: string; readonly type: string };

function family({ name, help, type }: Head, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const told = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `# HELP ${name} ${told}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;
}

const sampleOf =
  (name: string) =>
  ({ labels = {}, value }: Sample): string => {
    if (!Number.isFinite(value)) throw new RangeError(`${name} is no number`);
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
  };

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
