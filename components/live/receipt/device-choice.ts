'use client';
/** What printer stands beside this tablet: its paper and its speed, kept on the tablet. */
import { useState } from 'react';
import { PAPERS, type Paper } from '@/lib/receipt-paper';
import { BAUD_RATES, type BaudRate } from './printers';

const PAPER = 'countertop.paper';
const BAUD = 'countertop.printer-speed';

const WIDTHS: readonly Paper[] = [58, 80];

/** The first of `choices` until somebody chose, and where the tablet keeps nothing. */
function useKept<T extends number>(name: string, choices: readonly T[], first: T) {
  const [value, setValue] = useState<T>(() => {
    const kept = Number(read(name));
    return choices.find((choice) => choice === kept) ?? first;
  });
  const choose = (choice: T) => {
    setValue(choice);
    try {
      localStorage.setItem(name, String(choice));
    } catch {
      // A browser that keeps nothing asks again the next time.
    }
  };
  return [value, choose] as const;
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export const usePaper = () => useKept<Paper>(PAPER, WIDTHS, 80);
export const useBaudRate = () => useKept<BaudRate>(BAUD, BAUD_RATES, 9_600);

/** 8 dots to the millimetre; the printable part of the paper. */
export const printedWidth = (paper: Paper): number => PAPERS[paper] / 8;
