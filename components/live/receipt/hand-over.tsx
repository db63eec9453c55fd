'use client';
/** How a customer gets the receipt: a QR for the phone, or paper. Nobody is asked for anything. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, type Loudness } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { Qr } from '@/components/ui/qr';
import type { PaymentView } from '@/lib/contract';
import { addressOf, receiptQuery } from './receipt-calls';
import { ReceiptDialog } from './receipt-dialog';

type Paid = { readonly payment: Pick<PaymentView, 'id' | 'version'> };

/** Small, and away from the amount: nothing is shown while its address is not known. */
export function ReceiptQr({ payment }: Paid) {
  const { say } = useReading();
  const { data } = useQuery(receiptQuery(payment.id, payment.version));
  if (data === undefined) return null;
  return (
    <figure className="flex w-code shrink-0 flex-col gap-1" data-testid="receipt-qr">
      <Qr text={addressOf(data)} label={say('receipt.qr')} />
      <figcaption className="text-center text-small">{say('receipt.on-phone')}</figcaption>
    </figure>
  );
}

export function PrintReceipt({ payment, loudness }: Paid & { readonly loudness?: Loudness }) {
  const { say } = useReading();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button loudness={loudness ?? 'quiet'} onClick={() => setOpen(true)}>
        <Icon name="print" />
        {say('receipt.print-receipt')}
      </Button>
      <ReceiptDialog payment={payment} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** Both, and how often it was printed, beside a sale of the past. */
export function ReceiptPart({ payment }: Paid) {
  const { say } = useReading();
  const { data } = useQuery(receiptQuery(payment.id, payment.version));
  const count = data?.prints.length ?? 0;
  return (
    <section aria-label={say('receipt.title')} className="flex items-center gap-4">
      <ReceiptQr payment={payment} />
      <div className="flex min-w-0 flex-col items-start gap-2">
        <PrintReceipt payment={payment} />
        <p className="text-small text-ink-soft" data-testid="prints" data-count={count}>
          {data === undefined
            ? ''
            : count === 0
              ? say('receipt.not-printed')
              : say('receipt.printed', { count, next: count + 1 })}
        </p>
      </div>
    </section>
  );
}
