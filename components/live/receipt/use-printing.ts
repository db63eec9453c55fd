'use client';
/**
 * One press on a print button: the printer first, while the press is fresh; then the server counts
 * the print and says what stands on it; then it is drawn and goes out. Nothing is printed that was
 * not counted, and a press whose answer was lost is repeated under its own key.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newKey } from '@/components/live/new-key';
import { useReading } from '@/components/ui/language';
import { escposOf } from '@/lib/escpos';
import type { PlainKey } from '@/lib/messages/language';
import type { Paper, PrintWay, ReceiptPaper } from '@/lib/receipt-paper';
import { drawReceipt } from './draw';
import type { Sheet } from './paper-sheet';
import { type BaudRate, openPrinter, type Printer } from './printers';
import { countPrint } from './receipt-calls';

type Wish = { readonly way: PrintWay; readonly paper: Paper; readonly baudRate: BaudRate };
type Told = { readonly wrong: string; readonly done: string };
const NOTHING: Told = { wrong: '', done: '' };

export function usePrinting(id: string) {
  const { say } = useReading();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState(NOTHING);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  /** Of a press that nobody has answered yet. */
  const unheard = useRef<string | null>(null);

  const count = async ({ way, paper }: Wish): Promise<ReceiptPaper | string> => {
    const key = unheard.current ?? newKey();
    unheard.current = key;
    const reply = await countPrint(id, { way, paper }, key);
    if (reply.kind === 'silent') return say('problem.no-answer');
    unheard.current = null;
    void client.invalidateQueries({ queryKey: ['receipt', id] });
    void client.invalidateQueries({ queryKey: ['detail', id] });
    return reply.kind === 'refused' ? reply.problem.says : reply.value.paper;
  };

  const print = async (wish: Wish): Promise<Told> => {
    const wrong = (key: PlainKey): Told => ({ ...NOTHING, wrong: say(key) });
    const printer = wish.way === 'browser' ? null : await openPrinter(wish.way, wish.baudRate);
    if (typeof printer === 'string') return wrong(`receipt.printer-${printer}`);
    try {
      const counted = await count(wish);
      if (typeof counted === 'string') return { ...NOTHING, wrong: counted };
      const raster = await drawReceipt(counted, wish.paper);
      if (printer !== null) {
        await printer.send(escposOf(raster));
        return { ...NOTHING, done: say('receipt.sent') };
      }
      setSheet({ raster, paper: wish.paper });
      return NOTHING;
    } catch {
      return wrong('receipt.printer-gone');
    } finally {
      await leave(printer);
    }
  };

  return {
    ...{ busy, told, sheet },
    onPrinted: () => setSheet(null),
    async print(wish: Wish) {
      setBusy(true);
      setTold(NOTHING);
      setTold(await print(wish));
      setBusy(false);
    },
  };
}

/** A printer that is gone cannot be closed either. */
async function leave(printer: Printer | null): Promise<void> {
  await printer?.close().catch(() => undefined);
}
