'use client';
/**
 * A page to try a hand scanner, the camera and picture files through the pipeline of the till. It
 * shows what was read, by which step and how fast; it charges nothing and sends nothing anywhere.
 */
import { type ReactNode, useId, useRef, useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { Decoded } from '../scan/decoder';
import { Scanner } from '../scan/scanner';
import { closeStream } from '../scan/stream';
import { Results } from './results';
import { type Outcome, outcomeOfFrame } from './trial';
import { useHandScanner } from './use-hand-scanner';
import { usePictures } from './use-pictures';
import { useTrials } from './use-trials';

export function TrialScreen() {
  const { say } = useReading();
  const trials = useTrials();
  useHandScanner((outcome) => trials.add(outcome, { source: 'hand' }));
  const pictures = usePictures((outcome, file) => trials.add(outcome, { source: 'file', file }));
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:overflow-y-auto">
      <h1 className="text-head font-semibold">{say('scanner.title')}</h1>
      <p className="text-body text-ink-soft">{say('scanner.text')}</p>
      <div className="grid grid-cols-1 items-start gap-4 wide:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Way icon="scan" title={say('scanner.hand')} text={say('scanner.hand-text')} />
          <PictureFiles {...pictures} />
          <LiveCamera onRead={(outcome) => trials.add(outcome, { source: 'camera' })} />
        </div>
        <Results results={trials.results} pending={pictures.pending} onClear={trials.clear} />
      </div>
    </main>
  );
}

type WayProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
};

/** One of the three ways in. */
function Way({ icon, title, text, children }: WayProps) {
  return (
    <section className="flex flex-col gap-3 rounded-large border border-line bg-panel p-4">
      <h2 className="flex items-center gap-2 text-lead font-semibold">
        <Icon name={icon} />
        {title}
      </h2>
      <p className="text-body text-ink-soft">{text}</p>
      {children}
    </section>
  );
}

type FilesProps = { readonly pending: number; readonly read: (files: readonly File[]) => void };

function PictureFiles({ pending, read }: FilesProps) {
  const { say } = useReading();
  const id = useId();
  return (
    <Way icon="search" title={say('scanner.pictures')} text={say('scanner.pictures-text')}>
      <div className="flex flex-wrap items-center gap-3">
        <label
          htmlFor={id}
          className={`${buttonLook('quiet')} focus-within:outline-2 focus-within:outline-accent`}
        >
          {say('scanner.choose')}
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            data-testid="scan-files"
            className="sr-only"
            onChange={({ target }) => {
              read([...(target.files ?? [])]);
              // The same picture may be tried again.
              target.value = '';
            }}
          />
        </label>
        <p role="status" className="text-body text-ink-soft">
          {pending > 0 && say('scanner.pending', { count: pending })}
        </p>
      </div>
    </Way>
  );
}

/** How often the time of a frame is shown anew; nobody reads faster. */
const SHOWN_EVERY_MS = 500;

function LiveCamera({ onRead }: { readonly onRead: (outcome: Outcome) => void }) {
  const { say } = useReading();
  const [open, setOpen] = useState(false);
  const [ms, setMs] = useState<number | null>(null);
  const frame = useRef<Decoded>(null);
  const shownAt = useRef(0);
  const note = (decoded: Decoded) => {
    frame.current = decoded;
    const now = performance.now();
    if (now - shownAt.current < SHOWN_EVERY_MS) return;
    shownAt.current = now;
    setMs(Math.round(decoded.ms));
  };
  const tell = (told: Parameters<typeof outcomeOfFrame>[0]) => {
    if (frame.current !== null) onRead(outcomeOfFrame(told, frame.current));
  };
  return (
    <Way icon="phone" title={say('scanner.camera')} text={say('scanner.camera-text')}>
      {open && (
        <>
          <div className="aspect-video">
            <Scanner
              onRead={note}
              onCode={(code, hint, symbology) => tell({ code, hint, symbology })}
              onRefused={(why, again) => {
                if (!again) tell({ why });
              }}
            />
          </div>
          <p className="text-small text-ink-soft empty:hidden">
            {ms !== null && say('scanner.frames', { ms })}
          </p>
        </>
      )}
      <Button
        onClick={() => {
          if (open) closeStream();
          setMs(null);
          setOpen(!open);
        }}
      >
        {say(open ? 'scanner.close' : 'scanner.open')}
      </Button>
    </Way>
  );
}
