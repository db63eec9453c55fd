'use client';
/** What this camera offers beside its picture, and nothing that it does not. */
import type { ReactNode } from 'react';
import { useReading } from '@/components/ui/language';
import type { CameraStatus } from './camera';
import type { Zoom } from './lens';
import type { CameraView } from './use-camera';

const CAN_RETRY: readonly CameraStatus[] = ['denied', 'no-camera', 'in-use'];

type Props = { readonly camera: CameraView };

export function CameraControls({ camera }: Props) {
  const { say } = useReading();
  const { status, lens, cameras, acts } = camera;
  return (
    <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
      {CAN_RETRY.includes(status) && <Press onPress={acts.retry}>{say('scan.retry')}</Press>}
      {status === 'running' && (
        <>
          {lens.zoom !== null && <ZoomSlider zoom={lens.zoom} onZoom={acts.setZoom} />}
          {lens.focus && <Press onPress={acts.focus}>{say('scan.focus')}</Press>}
          {lens.torch !== null && (
            <Press onPress={() => acts.setTorch(lens.torch === false)} isOn={lens.torch}>
              {say('scan.torch')}
            </Press>
          )}
        </>
      )}
      {cameras.all.length > 1 && <CameraList cameras={cameras} onChoose={acts.choose} />}
    </div>
  );
}

type PressProps = {
  readonly onPress: () => void;
  readonly isOn?: boolean;
  readonly children: ReactNode;
};

function Press({ onPress, isOn, children }: PressProps) {
  return (
    <button type="button" className={BUTTON} aria-pressed={isOn} onClick={onPress}>
      {children}
    </button>
  );
}

type ZoomProps = { readonly zoom: Zoom; readonly onZoom: (zoom: number) => void };

function ZoomSlider({ zoom, onZoom }: ZoomProps) {
  const { say } = useReading();
  const { min, max, step, value } = zoom;
  return (
    <label className={`${BUTTON} flex items-center gap-2`}>
      {say('scan.zoom')}
      <input
        type="range"
        {...{ min, max, step, value }}
        onChange={(event) => onZoom(Number(event.target.value))}
        className="accent-accent"
      />
    </label>
  );
}

type ListProps = {
  readonly cameras: CameraView['cameras'];
  readonly onChoose: (id: string) => void;
};

function CameraList({ cameras: { all, on }, onChoose }: ListProps) {
  const { say } = useReading();
  return (
    <select
      aria-label={say('scan.camera')}
      value={on ?? ''}
      onChange={(event) => onChoose(event.target.value)}
      className={`${BUTTON} max-w-form`}
    >
      {all.map(({ id, name }, place) => (
        <option key={id} value={id}>
          {name === '' ? say('scan.camera-number', { number: place + 1 }) : name}
        </option>
      ))}
    </select>
  );
}

const BUTTON =
  'min-h-touch rounded-small border border-line bg-raised px-4 text-body text-ink ' +
  'aria-pressed:border-accent aria-pressed:text-accent';
