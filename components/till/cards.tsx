'use client';
import type { ReactNode } from 'react';
import { usePayment } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { useActs } from '@/components/live/use-acts';
import { lookOf, walletName } from '@/components/live/words';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon, type IconName } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import type { PaymentView, Problem } from '@/lib/contract';
import type { PaymentState } from '@/lib/payment';
import { ActRefused } from './moment/waiting';
import type { Owed } from './owed';
import type { Doubt } from './use-commit';

type CardProps = {
  readonly testId: string;
  readonly tone: 'unknown' | 'stop';
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
};

const TONE = {
  unknown: { pane: 'border-unknown bg-unknown-wash', head: 'text-unknown' },
  stop: { pane: 'border-stop bg-stop-wash', head: 'text-stop' },
};

/** What stands under the tiles when something has to be read before the next tap. */
function Card({ testId, tone, icon, title, children }: CardProps) {
  return (
    <section
      role="alert"
      data-testid={testId}
      className={`flex items-start gap-3 rounded-large border-2 p-4 ${TONE[tone].pane}`}
    >
      <Icon name={icon} className={`size-8 ${TONE[tone].head}`} />
      <div className="flex min-w-0 grow flex-col gap-2">
        <h2 className={`text-head font-semibold ${TONE[tone].head}`}>{title}</h2>
        {children}
      </div>
    </section>
  );
}

type ProblemProps = {
  readonly problem: Problem;
  readonly onShow: (paymentId: string) => void;
  readonly onClose: () => void;
};

/** A code that was used before moved its money then; this scan was not sent at all. */
const isOpenQuestion = ({ moneyMayHaveMoved, code }: Problem): boolean =>
  moneyMayHaveMoved && code !== 'code-used';

/** The server refused the tap and said why. */
export function ProblemCard({ problem, onShow, onClose }: ProblemProps) {
  const { say } = useReading();
  const { paymentId } = problem;
  return (
    <Card
      testId="problem"
      tone={problem.moneyMayHaveMoved ? 'unknown' : 'stop'}
      icon={problem.moneyMayHaveMoved ? 'unknown' : 'stop'}
      title={say(isOpenQuestion(problem) ? 'problem.maybe' : 'problem.title')}
    >
      <p className="text-lead">{problem.says}</p>
      <p className="text-body text-ink-soft">{say(`next.${problem.next}`)}</p>
      <div className="flex flex-wrap gap-2">
        {paymentId !== undefined && (
          <Button loudness="loud" onClick={() => onShow(paymentId)}>
            {say('problem.show-payment')}
          </Button>
        )}
        <Button onClick={onClose}>{say('payment.close')}</Button>
      </div>
    </Card>
  );
}

type OwedProps = { readonly owed: Owed };

/** A manager let the customer pay another way: the tiles charge this amount of this sale. */
export function OwedCard({ owed }: OwedProps) {
  const { say } = useReading();
  const shop = useShop();
  return (
    <Card
      testId="owed"
      tone="unknown"
      icon="unknown"
      title={say('payment.owed', { amount: shop.amount(owed.amount) })}
    >
      <p className="text-lead">{say('payment.owed-do')}</p>
    </Card>
  );
}

type CloseProps = { readonly onClose: () => void };

/** A scan of which the server knows nothing after all. */
export function NotRecordedCard({ onClose }: CloseProps) {
  const { say } = useReading();
  return (
    <Card testId="not-recorded" tone="unknown" icon="unknown" title={say('problem.maybe')}>
      <p className="text-lead">{say('payment.not-recorded')}</p>
      <div>
        <Button onClick={onClose}>{say('payment.close')}</Button>
      </div>
    </Card>
  );
}

type DoubtProps = { readonly doubt: Doubt; readonly onAnswer: (different: boolean) => void };

/**
 * The same amount is still open: the classic way to charge somebody twice. What the server hears of
 * that payment meanwhile is told here too, and it can be asked about without leaving this sale.
 */
export function DoubtCard({ doubt, onAnswer }: DoubtProps) {
  const { say } = useReading();
  const shop = useShop();
  const { payment } = usePayment(doubt.open.id);
  const open = payment ?? doubt.open;
  const amount = shop.amount(open.amount, open.currency);
  const ended = ENDED[open.state] ?? 'open';
  const { word, tone, icon } = lookOf(open);
  const { title, ask } = DOUBT[ended];
  const asks = ask === 'payment.same-amount-ask';
  return (
    <Card testId="same-amount" tone="unknown" icon="unknown" title={say(title, { amount })}>
      <p className="flex flex-wrap items-center gap-2 text-body">
        <Chip bare tone={tone} icon={icon} word={say(word)} />
        {walletName(open, say)} · {say('payment.number')} {open.id}
      </p>
      <p className="text-lead">
        {asks ? say(ask, { time: shop.second(open.createdAt) }) : say(ask)}
      </p>
      <DoubtWays open={open} ended={ended} onAnswer={onAnswer} />
    </Card>
  );
}

const ENDED: Partial<Record<PaymentState, 'paid' | 'unpaid'>> = {
  paid: 'paid',
  failed: 'unpaid',
  closed: 'unpaid',
};
const DOUBT = {
  open: { title: 'payment.same-amount', ask: 'payment.same-amount-ask' },
  paid: { title: 'payment.same-amount-paid', ask: 'payment.same-amount-paid-ask' },
  unpaid: { title: 'payment.same-amount-ended', ask: 'payment.same-amount-ended-do' },
} as const;

type DoubtWay = Pick<DoubtProps, 'onAnswer'> & {
  readonly open: PaymentView;
  readonly ended: keyof typeof DOUBT;
};

function DoubtWays({ open, ended, onAnswer }: DoubtWay) {
  const { say } = useReading();
  const acts = useActs(open.id);
  const other = say('payment.same-amount-yes');
  if (ended === 'unpaid') {
    return (
      <div>
        <Button loudness="loud" data-key="Enter" onClick={() => onAnswer(true)}>
          {say('payment.same-amount-charge')}
        </Button>
      </div>
    );
  }
  const back = ended === 'paid' ? 'payment.same-amount-paid-no' : 'payment.same-amount-no';
  return (
    <>
      <ActRefused acts={acts} />
      <div className="flex flex-wrap gap-2">
        {/* The safe one, also for a second Enter. */}
        <Button loudness="loud" data-key="Enter" onClick={() => onAnswer(false)}>
          {say(back)}
          <KeyHint keys="↵" />
        </Button>
        {ended === 'open' && (
          <Button onClick={acts.onCheck} disabled={acts.busy !== null}>
            {say(acts.busy === 'check' ? 'payment.checking-now' : 'payment.check-now')}
          </Button>
        )}
        <Button onClick={() => onAnswer(true)}>{other}</Button>
      </div>
    </>
  );
}
