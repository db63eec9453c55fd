'use client';
/** The receipt as it will stand on the paper, and the ways to get it there. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import type { Raster } from '@/lib/raster';
import { PAPERS, type Paper, type ReceiptPaper } from '@/lib/receipt-paper';
import { useBaudRate, usePaper } from './device-choice';
import { drawReceipt } from './draw';
import { PaperSheet } from './paper-sheet';
import { Picture } from './picture';
import { BAUD_RATES, type BaudRate, directWays } from './printers';
import { receiptQuery } from './receipt-calls';
import { usePrinting } from './use-printing';

type Props = {
  readonly payment: Pick<PaymentView, 'id' | 'version'>;
  readonly onClose: () => void;
};

export function Printing({ payment, onClose }: Props) {
  const { say } = useReading();
  const { data, error } = useQuery(receiptQuery(payment.id, payment.version));
  const [paper, setPaper] = usePaper();
  const [baudRate, setBaudRate] = useBaudRate();
  const { busy, told, sheet, print, onPrinted } = usePrinting(payment.id);
  const ways = directWays();
  const ready = data?.paper != null;
  const go = (way: 'browser' | (typeof ways)[number]) => void print({ way, paper, baudRate });
  return (
    <>
      <Preview shown={data?.paper ?? null} paper={paper} isLost={error !== null} />
      <PaperChoice paper={paper} onChoose={setPaper} />
      <p className="text-small text-ink-soft" data-testid="receipt-count">
        {data !== undefined && data.prints.length > 0
          ? say('receipt.printed', { count: data.prints.length, next: data.prints.length + 1 })
          : say('receipt.not-printed')}
      </p>
      <p role="alert" className="text-body text-stop empty:hidden">
        {told.wrong}
      </p>
      <p role="status" className="text-body empty:hidden">
        {told.done}
      </p>
      <Button loudness="loud" wide disabled={busy || !ready} onClick={() => go('browser')}>
        <Icon name="print" />
        {say('receipt.print')}
      </Button>
      <div className="flex flex-wrap gap-2">
        {ways.map((way) => (
          <Button key={way} disabled={busy || !ready} onClick={() => go(way)}>
            {say(`receipt.by-${way}`)}
          </Button>
        ))}
        {ways.includes('serial') && <Speed baudRate={baudRate} onChoose={setBaudRate} />}
        <span className="grow" />
        <Button loudness="bare" onClick={onClose}>
          {say('receipt.close')}
        </Button>
      </div>
      {sheet !== null && <PaperSheet sheet={sheet} onDone={onPrinted} />}
    </>
  );
}

type PreviewProps = {
  readonly shown: ReceiptPaper | null;
  readonly paper: Paper;
  readonly isLost: boolean;
};

/** Dot for dot what the printer gets. */
function Preview({ shown, paper, isLost }: PreviewProps) {
  const { say } = useReading();
  const [raster, setRaster] = useState<Raster | null>(null);
  useEffect(() => {
    let current = true;
    if (shown === null) return;
    drawReceipt(shown, paper).then(
      (drawn) => current && setRaster(drawn),
      () => current && setRaster(null),
    );
    return () => {
      current = false;
    };
  }, [shown, paper]);
  return (
    <div className="flex max-h-aside min-h-16 justify-center overflow-y-auto rounded-small border border-line bg-qr-paper p-2">
      {raster !== null && shown !== null ? (
        <Picture
          raster={raster}
          label={say('receipt.preview')}
          testId="receipt-preview"
          className={`h-max ${raster.width === PAPERS[58] ? 'w-3/4' : 'w-full'}`}
        />
      ) : (
        <p role={isLost ? 'alert' : 'status'} className="self-center text-body text-qr-ink">
          {say(isLost ? 'receipt.lost' : 'receipt.loading')}
        </p>
      )}
    </div>
  );
}

type ChoiceProps = { readonly paper: Paper; readonly onChoose: (paper: Paper) => void };

function PaperChoice({ paper, onChoose }: ChoiceProps) {
  const { say } = useReading();
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="pb-1 text-small text-ink-soft">{say('receipt.paper')}</legend>
      {([58, 80] as const).map((width) => (
        <label
          key={width}
          className={`flex min-h-touch items-center gap-3 rounded-small border px-3 text-body ${
            width === paper ? 'border-accent bg-accent-wash' : 'border-line bg-raised'
          }`}
        >
          <input
            type="radio"
            name="paper"
            checked={width === paper}
            onChange={() => onChoose(width)}
            className="size-6 shrink-0 accent-accent"
          />
          {say('receipt.mm', { width })}
        </label>
      ))}
    </fieldset>
  );
}

type SpeedProps = { readonly baudRate: BaudRate; readonly onChoose: (rate: BaudRate) => void };

function Speed({ baudRate, onChoose }: SpeedProps) {
  const { say } = useReading();
  return (
    <select
      aria-label={say('receipt.speed')}
      className="min-h-touch border border-line bg-raised px-3 text-body"
      value={baudRate}
      onChange={({ target }) => {
        const rate = BAUD_RATES.find((each) => String(each) === target.value);
        if (rate !== undefined) onChoose(rate);
      }}
    >
      {BAUD_RATES.map((rate) => (
        <option key={rate} value={rate}>
          {say('receipt.baud', { rate })}
        </option>
      ))}
    </select>
  );
}
