'use client';
/**
 * The camera as a React hook: a video element to show, one word of status, a lamp where there is
 * one, and every frame's readings. What a reading means is acceptance.ts's business.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Camera, type CameraStatus, type Facing } from './camera';
import { type Decoded, startDecoder } from './decoder';
import type { EngineName } from './engine';
import { readFrames } from './frames';

export type CameraOptions = {
  /** Called once per frame read, with nothing found more often than not. */
  readonly onRead: (decoded: Decoded) => void;
  readonly enabled: boolean;
  readonly facing?: Facing | undefined;
  /** `script` does without WebAssembly even where it runs. */
  readonly engine?: 'best' | 'script' | undefined;
};

export type CameraView = {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly status: CameraStatus;
  /** Null where the camera has no lamp. */
  readonly torch: { readonly on: boolean; readonly set: (on: boolean) => void } | null;
  /** Which decoder reads: null until it is up, `failed` when none came up. */
  readonly engine: EngineName | 'failed' | null;
  readonly retry: () => void;
};

export function useCamera(options: CameraOptions): CameraView {
  const { enabled, facing = 'environment', engine: wanted = 'best' } = options;
  const videoRef = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera>(null);
  const [status, setStatus] = useState<CameraStatus>('stopped');
  const [lamp, setLamp] = useState<boolean | null>(null);
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
    const opened = new Camera(video, facing, { status: setStatus, torch: setLamp });
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

  const set = useCallback((on: boolean) => camera.current?.setTorch(on), []);
  const retry = useCallback(() => camera.current?.retry(), []);
  return {
    videoRef,
    status,
    torch: lamp === null ? null : { on: lamp, set },
    engine,
    retry,
  };
}
