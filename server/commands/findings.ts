/** What the doctor says of one thing that it looked at. */
export const LOOKED_AT = [
  'settings',
  'database',
  'disk',
  'copies',
  'gateway',
  'clock',
  'notices',
  'server',
  'live',
] as const;
export type Finding = {
  readonly what: (typeof LOOKED_AT)[number];
  readonly is: 'good' | 'doubtful' | 'wrong';
  /** One sentence; where something is not good, with what to do. */
  readonly says: string;
};

const MARKS = { good: 'ok   ', doubtful: 'look ', wrong: 'WRONG' } as const;
const WIDE = 9;

export const tellFinding = ({ what, is, says }: Finding): string =>
  `${MARKS[is]} ${what.padEnd(WIDE)} ${says}`;
