'use client';
/** What was read: rows for people, the newest first, and one text for programs. */
import { Button } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icon';
import { type Say, useReading } from '@/components/ui/language';
import type { Symbology } from '@/lib/payment-code';
import { asJson, type Tally, type Trial, tallyOf, type Verdict } from './trial';

type Props = {
  readonly results: readonly Trial[];
  readonly pending: number;
  readonly onClear: () => void;
};

/** Whoever has no wheel scrolls it by the arrow keys. */
const FOCUSABLE = { tabIndex: 0 };
/** More rows than these nobody reads. */
const SHOWN = 50;

export function Results({ results, pending, onClear }: Props) {
  const { say } = useReading();
  const tally = tallyOf(results);
  const newest = results.slice(-SHOWN).reverse();
  return (
    <section
      aria-label={say('scanner.results')}
      className="flex min-w-0 flex-col gap-3 rounded-large border border-line bg-panel p-4"
    >
      <div className="flex min-h-touch items-center justify-between gap-2">
        <h2 className="text-lead font-semibold">{say('scanner.results')}</h2>
        {results.length > 0 && (
          <Button loudness="bare" onClick={onClear}>
            {say('scanner.clear')}
          </Button>
        )}
      </div>
      {tally !== null && <p className="text-body text-ink-soft">{tallyWords(tally, say)}</p>}
      {newest.length === 0 ? (
        <p className="text-body text-ink-soft">{say('scanner.none')}</p>
      ) : (
        <ol className="flex flex-col" data-testid="scan-rows">
          {newest.map((trial) => (
            <Row key={trial.number} trial={trial} />
          ))}
        </ol>
      )}
      {results.length > SHOWN && (
        <p className="text-small text-ink-soft">{say('scanner.older', { count: SHOWN })}</p>
      )}
      <h3 className="text-small text-ink-soft">{say('scanner.json')}</h3>
      <pre
        data-testid="scan-result"
        data-pending={pending}
        data-count={results.length}
        {...FOCUSABLE}
        className="max-h-aside overflow-y-auto rounded-small bg-canvas p-3 text-small break-all whitespace-pre-wrap"
      >
        {asJson(results, pending)}
      </pre>
    </section>
  );
}

const tallyWords = ({ median, slow, ...counts }: Tally, say: Say): string =>
  say('scanner.tally', { ...counts, median: Math.round(median), slow: Math.round(slow) });

type Look = readonly [icon: IconName, ink: string];
const READ: Look = ['check', 'text-paid'];
const REFUSED: Look = ['stop', 'text-stop'];
const NOT_READ: Look = ['closed', 'text-ink-soft'];
const LOOKS: Readonly<Record<Verdict, Look>> = {
  'payment-code': READ,
  'old-code': REFUSED,
  product: REFUSED,
  'merchant-qr': REFUSED,
  'too-long': REFUSED,
  unreadable: REFUSED,
  'two-codes': REFUSED,
  nothing: NOT_READ,
  'no-picture': NOT_READ,
  'no-reader': NOT_READ,
};

/** The standards' own names, alike in every language. */
const FORMATS: Readonly<Record<Symbology, string>> = {
  qr: 'QR',
  'code-128': 'Code 128',
  'ean-13': 'EAN-13',
  'ean-8': 'EAN-8',
  'upc-a': 'UPC-A',
};

function Row({ trial }: { readonly trial: Trial }) {
  const { say } = useReading();
  const { verdict, text, seen, source, file } = trial;
  const [icon, ink] = LOOKS[verdict];
  const content = text ?? seen.map((one) => one.content).join(', ');
  return (
    <li className="flex gap-3 border-t border-line py-3" data-testid="scan-row">
      <Icon name={icon} className={`size-6 ${ink}`} />
      <div className="flex min-w-0 flex-col gap-1">
        <p className={`text-body ${ink}`}>{say(`scanner.verdict.${verdict}`)}</p>
        {content !== '' && <p className="text-lead break-all tabular-nums">{content}</p>}
        <p className="text-small break-all text-ink-soft">
          {[say(`scanner.source.${source}`), file, ...howRead(trial, say)]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </div>
    </li>
  );
}

function howRead({ format, seen, wallet, step, ms }: Trial, say: Say): (string | null)[] {
  const kind = format ?? seen[0]?.format ?? null;
  return [
    kind === null ? null : FORMATS[kind],
    wallet === null ? null : say(`wallet.${wallet}`),
    step === null ? null : say(`scanner.step.${step}`),
    ms === null ? null : say('scanner.ms', { ms: Math.round(ms) }),
  ];
}
