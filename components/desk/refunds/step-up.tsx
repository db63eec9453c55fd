'use client';
/** Who stands behind a movement of money: one's own PIN, and above the limit a second manager. */
import { useShop } from '@/components/live/shop';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { Problem } from '@/lib/contract';
import type { Amount } from './use-step-up';

/** A refusal in words, with how long to wait or what is left where it says so. */
export function useProblemText(): (problem: Problem) => string {
  const { say } = useReading();
  const shop = useShop();
  return ({ code, seconds, refundableAmount, says }) => {
    if (code === 'too-many-tries' && seconds !== undefined) {
      return say('sign-in.throttled', { seconds });
    }
    return refundableAmount === undefined
      ? says
      : `${says} ${say('refunds.amount-large', { amount: shop.amount(refundableAmount) })}`;
  };
}

export function StepUpFields({ of }: { readonly of: Amount }) {
  const { say } = useReading();
  const { given, put, amount, written, above, alone } = of;
  const pin = { type: 'password', inputMode: 'numeric', maxLength: 64 } as const;
  return (
    <>
      {alone || <p className="text-body text-ink-soft">{say('refunds.leave')}</p>}
      {alone && (
        <Field
          {...pin}
          label={
            amount === null ? say('refunds.pin-plain') : say('refunds.pin', { amount: written })
          }
          value={given.pin}
          onChange={(text) => put({ pin: text })}
        />
      )}
      {above !== null && (
        <fieldset className="flex flex-col gap-3 rounded-small border border-line p-3">
          <legend className="px-1 text-body">{say('refunds.second', { limit: above })}</legend>
          <div className="grid grid-cols-1 gap-3 tablet:grid-cols-2">
            <Field
              label={say('refunds.second-code')}
              value={given.secondCode}
              onChange={(text) => put({ secondCode: text })}
              inputMode="numeric"
              maxLength={16}
            />
            <Field
              {...pin}
              label={say('refunds.second-pin')}
              value={given.secondPin}
              onChange={(text) => put({ secondPin: text })}
            />
          </div>
        </fieldset>
      )}
    </>
  );
}
