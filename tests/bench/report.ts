/** The table: one line for each figure, as Markdown for people and as JSON for whoever compares. */
import type { Marks, Measure, Row, RowResult } from './row';
import { type Summary, summarize } from './statistics';

export type Ran = { readonly row: Row; readonly result: RowResult; readonly seconds: number };
export type Machine = {
  readonly at: string;
  readonly commit: string;
  readonly node: string;
  readonly cores: number;
  readonly cpu: string;
  /** One-minute load average before and after: other work on the machine shows here. */
  readonly load: readonly [before: number, after: number];
};

export type Verdict = 'beyond' | 'goal' | 'missed' | 'no mark';

/** The figure that is held against the marks: the pooled one where there is one. */
function headline(measure: Measure): Summary {
  const all = summarize(measure.values);
  if (measure.pooled === undefined) return all;
  const { value, low, high } = measure.pooled;
  return { ...all, median: value, interval: { low, high } };
}

export function verdictOn(value: number, marks: Marks | null): Verdict {
  if (marks === null) return 'no mark';
  const reaches = (mark: number) => (marks.better === 'lower' ? value <= mark : value >= mark);
  if (reaches(marks.beyond)) return 'beyond';
  return reaches(marks.goal) ? 'goal' : 'missed';
}

export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

const bound = ({ better }: Marks, value: number): string =>
  `${better === 'lower' ? '≤' : '≥'} ${value}`;

function lineOf({ row }: Ran, measure: Measure): string {
  const { median, min, max, interval, count } = headline(measure);
  const { marks } = measure;
  const cells = [
    row.id,
    measure.what,
    figure(median),
    `${figure(min)}–${figure(max)}`,
    `${figure(interval.low)}–${figure(interval.high)}`,
    String(count),
    marks === null ? '–' : bound(marks, marks.goal),
    marks === null ? '–' : bound(marks, marks.beyond),
    verdictOn(median, marks),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** All of them are in the JSON. */
const MOST_WRONG = 10;
const HEAD = [
  '| Id | Figure | Median | Min–max | 95 % | Pairs | Goal | Beyond | Reached |',
  '|---|---|---|---|---|---|---|---|---|',
];

export function markdown(ran: readonly Ran[], machine: Machine): string {
  const { at, commit, node, cores, cpu, load } = machine;
  const lines = ran.flatMap((one) => one.result.measures.map((each) => lineOf(one, each)));
  const about = ran.flatMap(({ row, result, seconds }) => [
    '',
    `**${row.id}** ${row.what}. Yardstick: ${row.yardstick}. ${seconds.toFixed(0)} s.`,
    ...result.measures.map((each) => `- ${each.what}: ${each.formula}; ${range(each)}`),
    ...result.notes.map((note) => `- ${note}`),
    ...result.wrong.slice(0, MOST_WRONG).map((says) => `- **WRONG**: ${says}`),
    ...(result.wrong.length > MOST_WRONG ? [`- and ${result.wrong.length} in all`] : []),
  ]);
  return [
    '# Performance, as ratios',
    '',
    `${at}, commit ${commit}, Node ${node}, ${cores} × ${cpu}, load ${load.join(' → ')}`,
    '',
    ...HEAD,
    ...lines,
    ...about,
    '',
  ].join('\n');
}

/** What was measured on both sides, in its own unit. */
function range({ pairs, unit }: Measure): string {
  const side = (values: readonly number[]): string => {
    const { median, min, max } = summarize(values);
    return `${figure(median)} (${figure(min)}–${figure(max)})`;
  };
  if (pairs.length === 0) return unit;
  const [ours, theirs] = [pairs.map((one) => one.ours), pairs.map((one) => one.yardstick)];
  return `ours ${side(ours)}, yardstick ${side(theirs)} ${unit}`;
}

export function json(ran: readonly Ran[], machine: Machine): string {
  const rows = ran.map(({ row, result, seconds }) => ({
    id: row.id,
    what: row.what,
    yardstick: row.yardstick,
    seconds: Math.round(seconds),
    measures: result.measures.map((measure) => {
      const found = headline(measure);
      return { ...measure, ...found, reached: verdictOn(found.median, measure.marks) };
    }),
    notes: result.notes,
    wrong: result.wrong,
  }));
  return `${JSON.stringify({ machine, rows }, null, 2)}\n`;
}
