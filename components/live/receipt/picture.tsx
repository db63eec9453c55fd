'use client';
import { useLayoutEffect, useRef } from 'react';
import { pixelsOf, type Raster } from '@/lib/raster';

type Props = {
  readonly raster: Raster;
  readonly label: string;
  readonly testId: string;
  readonly className?: string;
};

/** A picture for a printer, dot for dot. It is painted before anybody can look or print. */
export function Picture({ raster, label, testId, className }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = raster;
  useLayoutEffect(() => {
    const { data } = pixelsOf(raster);
    const pen = canvas.current?.getContext('2d');
    pen?.putImageData(new ImageData(data, raster.width, raster.height), 0, 0);
  }, [raster]);
  return (
    <canvas
      ref={canvas}
      {...{ width, height, className }}
      role="img"
      aria-label={label}
      data-testid={testId}
    />
  );
}
