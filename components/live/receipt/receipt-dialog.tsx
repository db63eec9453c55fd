'use client';
import { Dialog } from '@/components/live/dialog';
import { NoAnswer } from '@/components/live/no-answer';
import { useReading } from '@/components/ui/language';
import { later } from '@/components/ui/later';
import type { PaymentView } from '@/lib/contract';

type Props = {
  readonly payment: Pick<PaymentView, 'id' | 'version'>;
  readonly open: boolean;
  readonly onClose: () => void;
};

const Printing = later(() => import('./printing').then((it) => it.Printing), NoAnswer);

export function ReceiptDialog({ payment, open, onClose }: Props) {
  const { say } = useReading();
  return (
    <Dialog open={open} label={say('receipt.title')} onClose={onClose} testId="receipt-dialog">
      <Printing payment={payment} onClose={onClose} />
    </Dialog>
  );
}
