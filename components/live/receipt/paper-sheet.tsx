'use client';
/**
 * The picture of a receipt as the page that the browser prints: as wide as the paper, as long as
 * the receipt. It stands beside the screens, and printing prints it alone.
 */
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useReading } from '@/components/ui/language';
import type { Raster } from '@/lib/raster';
import type { Paper } from '@/lib/receipt-paper';
import { printedWidth } from './device-choice';
import { Picture } from './picture';

export type Sheet = { readonly raster: Raster; readonly paper: Paper };

const DOTS_TO_MM = 8;
/** A page that is a hair too short would put the last dots on a page of their own. */
const SPARE_MM = 1;

type Props = { readonly sheet: Sheet; readonly onDone: () => void };

/** Opens the browser's print dialog, once. */
export function PaperSheet({ sheet, onDone }: Props) {
  const { say } = useReading();
  const latest = useRef(onDone);
  useEffect(() => {
    latest.current = onDone;
  });
  useEffect(() => {
    const done = () => latest.current();
    window.addEventListener('afterprint', done, { once: true });
    // After this picture of the page: a browser prints what it has shown.
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', done);
    };
  }, []);
  const { raster, paper } = sheet;
  const width = printedWidth(paper);
  const height = raster.height / DOTS_TO_MM;
  const margin = (paper - width) / 2;
  const page = `size: ${paper}mm ${Math.ceil(height) + SPARE_MM}mm; margin: 0 ${margin}mm`;
  const size = `display: block; width: ${width}mm; height: ${height}mm; image-rendering: pixelated`;
  return createPortal(
    <div data-slip className="hidden print:block">
      <style>{`@page { ${page} } [data-slip] canvas { ${size} }`}</style>
      <Picture raster={raster} label={say('receipt.preview')} testId="receipt-sheet" />
    </div>,
    document.body,
  );
}
