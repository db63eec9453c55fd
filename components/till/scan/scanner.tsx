'use client';
/**
 * The camera's picture with a viewfinder. It tells what was accepted; it never charges, and the
 * frame it draws is for the eye: the whole picture is read.
 */
import { useRef } from 'react';
import { useLocked } from '@/components/live/screen-lock';
import { type Say, useReading } from '@/components/ui/language';
import type { PlainKey } from '@/lib/messages/language';
import type { Symbology } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { acceptFrame, NOTHING_SEEN, type RefusedKind } from './acceptance';
import type { CameraStatus } from './camera';
import { CameraControls } from './camera-controls';
import type { Decoded } from './decoder';
import type { Facing } from './stream';
import { useCamera } from './use-camera';

export type ScannerProps = {
  readonly onCode: (code: string, hint: Wallet | null, source: Symbology) => void;
  /** `again`: it is still in view, so say it without another buzz. */
  readonly onRefused: (why: RefusedKind, again: boolean) => void;
  readonly facing?: Facing;
  /** Whether the picture is turned like a mirror, as people expect of a front camera. */
  readonly mirrored?: boolean;
  readonly engine?: 'best' | 'script';
  /** Every frame, before what it means is told: for a page that tries scanners. */
  readonly onRead?: (decoded: Decoded) => void;
};

const STATUS: Record<CameraStatus, PlainKey> = {
  starting: 'scan.starting',
  running: 'scan.running',
  denied: 'scan.camera-refused',
  'no-camera': 'scan.no-camera',
  'in-use': 'scan.in-use',
  insecure: 'scan.insecure',
  stopped: 'scan.stopped',
};

export function Scanner(props: ScannerProps) {
  const { facing = 'environment' } = props;
  const { say } = useReading();
  const onRead = useAcceptance(props);
  // Behind the lock nothing is charged, so nothing is looked at either.
  const enabled = !useLocked();
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
          aria-label={say('scan.picture')}
          className={`h-full w-full object-contain ${running ? '' : 'invisible'} ${
            (props.mirrored ?? facing === 'user') ? '-scale-x-100' : ''
          }`}
        />
        {running && !failed ? <Viewfinder /> : null}
      </div>
      <div className="absolute inset-x-0 bottom-0 flex flex-wrap items-center justify-between gap-2 p-3">
        <p
          role="status"
          className="rounded-small bg-raised px-3 py-2 text-body text-ink"
          data-testid="scanner-status"
        >
          {running && failed ? say('scan.failed') : statusWords(camera.status, say)}
        </p>
        <CameraControls camera={camera} />
      </div>
    </div>
  );
}

const statusWords = (status: CameraStatus, say: Say): string => say(STATUS[status]);

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
