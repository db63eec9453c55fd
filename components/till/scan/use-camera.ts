'use client';
/**
 * The camera as a React hook: a video element to show, one word of status, what the lens offers,
 * and every frame's readings. What a reading means is acceptance.ts's business.
 */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Camera, type CameraStatus } from './camera';
import type { CameraChoice } from './chosen-camera';
import { type Decoded, startDecoder } from './decoder';
import type { EngineName } from './engine';
import { readFrames } from './frames';
import { type Lens, NO_LENS } from './lens';
import type { Facing } from './stream';

export type CameraOptions = {
  /** Called once per frame read, with nothing found more often than not. */
  readonly onRead: (decoded: Decoded) => void;
  readonly enabled: boolean;
  readonly facing?: Facing | undefined;
  /** `script` does without WebAssembly even where it runs. */
  readonly engine?: 'best' | 'script' | undefined;
};

type CameraActs = {
  readonly setTorch: (on: boolean) => void;
  readonly setZoom: (zoom: number) => void;
  readonly focus: () => void;
  readonly choose: (id: string) => void;
  readonly retry: () => void;
};

export type CameraView = {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly status: CameraStatus;
  readonly lens: Lens;
  readonly cameras: { readonly all: readonly CameraChoice[]; readonly on: string | null };
  /** Which decoder reads: null until it is up, `failed` when none came up. */
  readonly engine: EngineName | 'failed' | null;
  readonly acts: CameraActs;
};

export function useCamera(options: CameraOptions): CameraView {
  const { enabled, facing = 'environment', engine: wanted = 'best' } = options;
  const videoRef = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera>(null);
  const [status, setStatus] = useState<CameraStatus>('stopped');
  const [lens, setLens] = useState<Lens>(NO_LENS);
  const [cameras, setCameras] = useState<CameraView['cameras']>({ all: [], on: null });
  const [engine, setEngine] = useState<EngineName | 'failed' | null>(null);
  const onRead = useRef(options.onRead);
  useEffect(() => {
    onRead.current = options.onRead;
  });

  useEffect(() => {
    const video = videoRef.current;
    if (!enabled || !video) return;
    const decoder = startDecoder({ engine: wanted });
    let current = true;
    decoder.engine.then(
      (name) => current && setEngine(name),
      () => current && setEngine('failed'),
    );
    const stopFrames = readFrames(video, decoder, (decoded) => onRead.current(decoded));
    const opened = new Camera(video, facing, {
      status: setStatus,
      lens: setLens,
      cameras: (all, on) => setCameras({ all, on }),
    });
    camera.current = opened;
    return () => {
      current = false;
      camera.current = null;
      stopFrames();
      opened.stop();
      decoder.stop();
      setEngine(null);
    };
  }, [enabled, facing, wanted]);

  return { videoRef, status, lens, cameras, engine, acts: useActs(camera) };
}

function useActs(camera: RefObject<Camera | null>): CameraActs {
  const retry = useCallback(() => camera.current?.retry(), [camera]);
  return useMemo(
    () => ({
      setTorch: (on) => void camera.current?.lens()?.setTorch(on),
      setZoom: (zoom) => void camera.current?.lens()?.setZoom(zoom),
      focus: () => void camera.current?.lens()?.focus(),
      choose: (id) => camera.current?.choose(id),
      retry,
    }),
    [camera, retry],
  );
}
