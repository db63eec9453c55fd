/** A map from everything that has to hold to the tests that hold it, and what is wrong with one. */
import { projectSources } from './house/source';
import { claims } from './titles';

export type Rows = Readonly<Record<string, string>>;
export type ProofMap = {
  readonly letter: 'F' | 'S';
  readonly count: number;
  /** By number, in short words. */
  readonly rows: Rows;
  /** Rows that no test here can hold, each with its reason. */
  readonly untestable: Rows;
  /** Rows that are held but for a part, and what is otherwise there. */
  readonly partly?: Rows;
};

/** One sentence for each thing that is wrong with the map. */
export function mistakesOf(map: ProofMap): string[] {
  const { letter, count, rows, untestable, partly = {} } = map;
  const held = claims(projectSources(), letter);
  const numbers = Array.from({ length: count }, (_, n) => letter + String(n + 1).padStart(2, '0'));
  const unknown = (what: string, given: Iterable<string>) =>
    [...given].flatMap((one) => (numbers.includes(one) ? [] : [`${one} ${what}, and is no row`]));
  return [
    ...numbers.flatMap((one) => (one in rows ? [] : [`${one} has no row`])),
    ...unknown('is written down', Object.keys(rows)),
    ...unknown('stands in a title', held.keys()),
    ...unknown('is called untestable', Object.keys(untestable)),
    ...numbers.flatMap((one) =>
      held.has(one) || one in untestable ? [] : [`${one} is held by nothing: ${rows[one]}`],
    ),
    ...Object.keys(untestable).flatMap((one) =>
      held.has(one) ? [`${one} is held by a test and called untestable`] : [],
    ),
    ...Object.keys(partly).flatMap((one) =>
      held.has(one) ? [] : [`${one} is called partly held, and no test holds it`],
    ),
    ...Object.entries({ ...untestable, ...partly }).flatMap(([one, reason]) =>
      /^[A-Z].{40,}\.$/.test(reason) ? [] : [`${one} is called what it is without a sentence`],
    ),
  ];
}

/** The map as a table of Markdown, and a line that counts it. */
export function printed({ letter, rows, untestable, partly = {} }: ProofMap): string {
  const tests = claims(projectSources(), letter);
  const cells = Object.entries(rows).map(([number, what]) => {
    const files = tests.get(number)?.map((file) => file.replace(/^tests\//, ''));
    const held = files?.concat(partly[number] ?? []).join('<br>');
    return [number, what, held ?? untestable[number] ?? '**gap**'];
  });
  const all = Object.keys(rows);
  const tested = all.filter((number) => tests.has(number)).length;
  const said = all.filter((number) => !tests.has(number) && number in untestable).length;
  const lines = [['', 'What has to hold', 'Held by'], ['---', '---', '---'], ...cells];
  return [
    ...lines.map((line) => `| ${line.join(' | ')} |`),
    '',
    `${all.length} rows: ${tested} held by tests, ${said} that no test here can hold, ` +
      `${all.length - tested - said} gaps`,
  ].join('\n');
}
