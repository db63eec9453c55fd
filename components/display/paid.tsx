'use client';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { Qr } from '@/components/ui/qr';
import type { DisplayPayment } from '@/lib/contract-display';
import { Amount, useVoice, WalletLine } from './face';
import { AlsoSaid } from './words';

/** Green, because the server called it paid; the receipt as soon as there is one. */
export function Paid({ payment }: { readonly payment: DisplayPayment }) {
  const { say } = useReading();
  useVoice(say('display.paid'));
  const { receiptUrl } = payment;
  return (
    <div className="flex grow flex-col items-center justify-center gap-6 p-6 text-center wide:flex-row wide:gap-16">
      <div className="flex flex-col items-center gap-4">
        <Icon name="paid" className="size-16" />
        <h1 className="text-figure font-semibold">{say('display.paid')}</h1>
        <AlsoSaid sentence={(words) => words('display.paid')} />
        <Amount payment={payment} />
        <WalletLine payment={payment} />
        {!payment.confirmed && <p className="text-body">{say('display.confirming')}</p>}
      </div>
      {receiptUrl !== null && (
        <figure className="flex w-full max-w-pane flex-col items-center gap-3">
          <Qr text={whole(receiptUrl)} label={say('display.receipt-qr')} />
          <figcaption className="text-head font-semibold">{say('display.receipt')}</figcaption>
        </figure>
      )}
    </div>
  );
}

/** Without a public name of the shop the one by which this screen knows it. */
const whole = (url: string): string => (url.startsWith('/') ? window.location.origin + url : url);
