'use client';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { Problem } from '@/lib/contract';
import type { Owed } from './owed';
import type { Doubt } from './use-till';

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

/** The same amount is still open: the classic way to charge somebody twice. */
export function DoubtCard({ doubt, onAnswer }: DoubtProps) {
  const { say } = useReading();
  const shop = useShop();
  const { open } = doubt;
  const amount = shop.amount(open.amount, open.currency);
  return (
    <Card
      testId="same-amount"
      tone="unknown"
      icon="unknown"
      title={say('payment.same-amount', { amount })}
    >
      <p className="text-lead">
        {say('payment.same-amount-ask', { time: shop.second(open.createdAt) })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button loudness="loud" onClick={() => onAnswer(false)}>
          {say('payment.same-amount-no')}
        </Button>
        <Button onClick={() => onAnswer(true)}>{say('payment.same-amount-yes')}</Button>
      </div>
    </Card>
  );
}
