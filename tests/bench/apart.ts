/**
 * Pairs on a virtual clock, each in a process of its own: no other work can change what they find,
 * so as many run at once as there are processors.
 */
import { cpus } from 'node:os';
import { cleanEnvironment, type Program, startNode } from '../support/processes';
import type { RowSetting } from './row';

export const ANSWER = 'ANSWER ';

/** Answers the pairs in the order of their seeds. Throws what a process said when it failed. */
export async function pairsApart<T>(
  row: string,
  { pairs, say }: Pick<RowSetting, 'pairs' | 'say'>,
): Promise<T[]> {
  const answers: T[] = [];
  let next = 1;
  const worker = async (): Promise<void> => {
    while (next <= pairs) {
      const seed = next;
      next += 1;
      answers[seed - 1] = await onePair<T>(row, seed, say);
    }
  };
  await Promise.all(Array.from({ length: Math.min(pairs, cpus().length) }, worker));
  return answers;
}

async function onePair<T>(row: string, seed: number, say: RowSetting['say']): Promise<T> {
  const args = ['--import', 'tsx', 'tests/bench/one-pair.ts', row, String(seed)];
  const program: Program = startNode(args, cleanEnvironment());
  await program.ended;
  const lines = program.output().trimEnd().split('\n');
  const answer = lines.find((line) => line.startsWith(ANSWER));
  if (answer === undefined) throw new Error(`${row}, seed ${seed}:\n${program.output()}`);
  for (const line of lines) if (!line.startsWith(ANSWER)) say(line);
  return JSON.parse(answer.slice(ANSWER.length)) as T;
}
