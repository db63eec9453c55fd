'use client';
import { useActs } from '@/components/live/use-acts';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { isUnderWay } from '../use-charge';
import type { Till } from '../use-till';
import { Checking } from './checking';
import { Face, FaceNotice } from './face';
import { Paid, PaidMeanwhile } from './outcome';
import { Sending } from './sending';
import { Confirming, Preparing, ShowQr } from './waiting';

/** Whether the moment takes the place of the tiles. */
export const takesPane = ({ charge, payment }: Pick<Till, 'charge' | 'payment'>): boolean =>
  isUnderWay(charge) ||
  (charge.at === 'known' &&
    (payment === null || isLive(payment.state) || payment.state === 'paid'));

type Props = { readonly till: Till };

/** The payment moment: one face for what the server last said. */
export function Moment({ till }: Props) {
  const { charge, payment } = till;
  if (charge.at === 'sending' || charge.at === 'unanswered' || charge.at === 'seeking') {
    return <Sending charge={charge} />;
  }
  if (payment === null) return <Loading />;
  const first = till.watched?.state === 'paid' && isLive(payment.state) ? till.watched : null;
  return (
    <FaceNotice value={first && <PaidMeanwhile payment={first} />}>
      <Known payment={payment} till={till} />
    </FaceNotice>
  );
}

function Known({ payment, till }: Props & { readonly payment: PaymentView }) {
  const acts = useActs(payment.id);
  switch (payment.state) {
    case 'created':
    case 'sending':
      return <Preparing payment={payment} acts={acts} />;
    case 'awaiting':
      if (payment.mode === 'CPM') return <Confirming payment={payment} acts={acts} />;
      return payment.qrCode === null ? (
        <Preparing payment={payment} acts={acts} />
      ) : (
        <ShowQr payment={payment} acts={acts} />
      );
    case 'unknown':
    case 'cancelling':
      return (
        <Checking
          key={payment.id}
          payment={payment}
          acts={acts}
          onNextCustomer={till.putAside}
          onAnotherWay={till.anotherWay}
        />
      );
    case 'paid':
      return <Paid payment={payment} onClose={till.close} />;
    default:
      return null;
  }
}

/** A payment of this counter is known by its number only, for the moment of one question. */
function Loading() {
  const { say } = useReading();
  return (
    <Face marks={{ state: 'loading', paymentId: null }} tone="plain" label={say('payment.label')}>
      <p className="text-lead">{say('payment.elsewhere')}</p>
    </Face>
  );
}
