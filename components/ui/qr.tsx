'use client';
import { useEffect, useState } from 'react';

/** Of one unit a module, the white around it included. */
export type QrDrawing = { readonly size: number; readonly path: string };

/** Four modules of white round the code, without which many cameras do not find it (ISO 18004). */
const QUIET = 4;

const drawingCode = () => import('qrcode');
/** After what a screen needs to begin with, and before anybody has keyed an amount. */
const PREPARE_AFTER_MS = 1_500;

/** An effect: the drawing code is fetched ahead, so that the first QR need not wait for it. */
export const prepareQr = (): (() => void) => {
  const timer = setTimeout(() => drawingCode().catch(() => undefined), PREPARE_AFTER_MS);
  return () => clearTimeout(timer);
};

export async function drawQr(text: string): Promise<QrDrawing> {
  const { create } = await drawingCode();
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) parts.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  return { size: modules.size + 2 * QUIET, path: parts.join('') };
}

type Props = {
  readonly text: string;
  readonly label: string;
  /** Read from across a counter, by somebody who holds a phone. */
  readonly large?: boolean;
};

const AGAIN_MS = 2000;

/** Black on white in every theme. When the drawing code cannot be fetched it asks again. */
export function Qr({ text, label, large = false }: Props) {
  const [drawing, setDrawing] = useState<QrDrawing | null>(null);
  useEffect(() => {
    let current = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const attempt = () =>
      drawQr(text).then(
        (drawn) => current && setDrawing(drawn),
        () => {
          if (current) again = setTimeout(attempt, AGAIN_MS);
        },
      );
    attempt();
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [text]);
  return (
    <div
      role="img"
      aria-label={label}
      data-testid="qr"
      data-qr={text}
      className={`aspect-square w-full overflow-hidden rounded-small bg-qr-paper ${
        large ? 'max-w-far-qr' : 'max-w-qr'
      }`}
    >
      {drawing && (
        <svg
          viewBox={`0 0 ${drawing.size} ${drawing.size}`}
          className="size-full fill-qr-ink"
          shapeRendering="crispEdges"
          aria-hidden="true"
        >
          <path d={drawing.path} />
        </svg>
      )}
    </div>
  );
}
