import { Icon, type IconName } from './icon';

/** The four meanings of design, and `plain` for what means nothing in particular. */
export type Tone = 'paid' | 'unknown' | 'stop' | 'waiting' | 'plain';

export const TONE_TEXT: Record<Tone, string> = {
  paid: 'text-paid',
  unknown: 'text-unknown',
  stop: 'text-stop',
  waiting: 'text-waiting',
  plain: 'text-ink-soft',
};
const TONE_WASH: Record<Tone, string> = {
  paid: 'bg-paid-wash text-paid',
  unknown: 'bg-unknown-wash text-unknown',
  stop: 'bg-stop-wash text-stop',
  waiting: 'bg-waiting-wash text-waiting',
  plain: 'bg-raised text-ink-soft',
};

type Props = {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
  /** Without a wash: a word and an icon in a row of a table. */
  readonly bare?: boolean;
};

export function Chip({ tone, icon, word, bare = false }: Props) {
  return (
    <span
      className={`inline-flex items-center gap-1 align-middle whitespace-nowrap text-small font-semibold ${
        bare ? TONE_TEXT[tone] : `rounded-full px-3 py-1 ${TONE_WASH[tone]}`
      }`}
    >
      <Icon name={icon} className="size-4" />
      {word}
    </span>
  );
}
