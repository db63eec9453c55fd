'use client';
/**
 * The camera's picture with a viewfinder. It shows what it is given words for and tells what was
 * accepted; it never charges, and the frame it draws is for the eye: the whole picture is read.
 */
import { useRef } from 'react';
import type { Symbology } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { acceptFrame, NOTHING_SEEN, type RefusedKind } from './acceptance';
import type { CameraStatus, Facing } from './camera';
import type { Decoded } from './decoder';
import { type CameraView, useCamera } from './use-camera';

export type ScannerLabels = {
  /** What the picture is, for those who do not see it. */
  readonly picture: string;
  readonly torch: string;
  readonly retry: string;
  /** The decoder did not come up; typing the code still works. */
  readonly failed: string;
  /** One sentence for each; `running` says what to hold where. */
  readonly status: Record<CameraStatus, string>;
};

export type ScannerProps = {
  readonly onCode: (code: string, hint: Wallet | null, source: Symbology) => void;
  /** `again`: it is still in view, so say it without another buzz. */
  readonly onRefused: (why: RefusedKind, again: boolean) => void;
  readonly labels: ScannerLabels;
  readonly enabled?: boolean;
  readonly facing?: Facing;
  /** Whether the picture is turned like a mirror, as people expect of a front camera. */
  readonly mirrored?: boolean;
  readonly engine?: 'best' | 'script';
  /** Every frame, for a page that tries scanners. */
  readonly onRead?: (decoded: Decoded) => void;
};

const CAN_RETRY: readonly CameraStatus[] = ['denied', 'no-camera', 'in-use'];

export function Scanner(props: ScannerProps) {
  const { labels, enabled = true, facing = 'environment' } = props;
  const onRead = useAcceptance(props);
  const camera = useCamera({ enabled, facing, engine: props.engine, onRead });
  const running = camera.status === 'running';
  const failed = camera.engine === 'failed';
  return (
    <div
      className="relative isolate flex h-full w-full items-center justify-center"
      data-testid="scanner"
      data-status={camera.status}
      data-engine={camera.engine ?? ''}
    >
      <div className="relative aspect-video max-h-full max-w-full overflow-hidden rounded-large">
        <video
          ref={camera.videoRef}
          muted
          playsInline
          autoPlay
          disablePictureInPicture
          aria-label={labels.picture}
          className={`h-full w-full object-contain ${running ? '' : 'invisible'} ${
            (props.mirrored ?? facing === 'user') ? '-scale-x-100' : ''
          }`}
        />
        {running && !failed ? <Viewfinder /> : null}
      </div>
      <div className="absolute inset-x-0 bottom-0 flex items-center gap-3 p-3">
        <p
          role="status"
          className="rounded-small bg-raised px-3 py-2 text-body text-ink"
          data-testid="scanner-status"
        >
          {running && failed ? labels.failed : labels.status[camera.status]}
        </p>
        <span className="grow" />
        <Controls camera={camera} labels={labels} />
      </div>
    </div>
  );
}

/** Tells the till of what was accepted, frame after frame. */
function useAcceptance({ onCode, onRefused, onRead }: ScannerProps) {
  const seen = useRef(NOTHING_SEEN);
  return (decoded: Decoded): void => {
    onRead?.(decoded);
    const { next, verdict } = acceptFrame(seen.current, decoded.readings, performance.now());
    seen.current = next;
    if (verdict?.kind === 'code') onCode(verdict.code, verdict.hint, verdict.symbology);
    else if (verdict) onRefused(verdict.why, verdict.again);
  };
}

type ControlsProps = { readonly camera: CameraView; readonly labels: ScannerLabels };

function Controls({ camera: { status, torch, retry }, labels }: ControlsProps) {
  return (
    <>
      {CAN_RETRY.includes(status) ? (
        <button type="button" className={BUTTON} onClick={retry}>
          {labels.retry}
        </button>
      ) : null}
      {torch ? (
        <button
          type="button"
          className={BUTTON}
          aria-pressed={torch.on}
          onClick={() => torch.set(!torch.on)}
        >
          {labels.torch}
        </button>
      ) : null}
    </>
  );
}

const BUTTON =
  'min-h-touch rounded-small border border-line bg-raised px-4 text-body text-ink ' +
  'aria-pressed:border-accent aria-pressed:text-accent';

/** Four corners; nothing moves, and nothing inside them is read better than outside. */
function Viewfinder() {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-8">
      <span className={`${CORNER} top-0 left-0 border-t-4 border-l-4`} />
      <span className={`${CORNER} top-0 right-0 border-t-4 border-r-4`} />
      <span className={`${CORNER} bottom-0 left-0 border-b-4 border-l-4`} />
      <span className={`${CORNER} right-0 bottom-0 border-r-4 border-b-4`} />
    </div>
  );
}

const CORNER = 'absolute h-12 w-12 border-accent';
