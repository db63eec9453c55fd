'use client';
import { useActs } from '@/components/live/use-acts';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { ScanRefused } from '../scan-pane';
import { isUnderWay } from '../use-charge';
import type { Till } from '../use-till';
import { Checking } from './checking';
import { Face, FaceNotice } from './face';
import { Paid, PaidMeanwhile } from './outcome';
import { Sending } from './sending';
import { SwitchNotice } from './switch-notice';
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
  const live = payment === null || isLive(payment.state);
  const first = till.watched?.state === 'paid' && live ? till.watched : null;
  const { switching } = till.over;
  // Once the code's own payment has ended, the way it came there is nobody's question any more.
  const told = switching?.at === 'charging' && !live ? null : switching;
  const notice = (
    <>
      {first !== null && payment !== null && <PaidMeanwhile payment={first} />}
      <SwitchNotice switching={told} paymentId={payment?.id ?? null} />
      {till.refusal !== null && live && (
        <div className="mb-4">
          <ScanRefused why={till.refusal} />
        </div>
      )}
    </>
  );
  return (
    <FaceNotice value={notice}>
      {charge.at === 'sending' || charge.at === 'unanswered' || charge.at === 'seeking' ? (
        <Sending charge={charge} />
      ) : payment === null ? (
        <Loading />
      ) : (
        <Known payment={payment} till={till} />
      )}
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
        <ShowQr
          payment={payment}
          acts={acts}
          reader={{ onCode: till.over.hold, onRefused: till.refuse }}
        />
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
