'use client';
/**
 * Says what a matter is: one of the choices that are open for it, a reason and the manager's PIN.
 * It moves no money and changes no state; the card goes to the settled ones with a name on it.
 */
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { heard, INBOX } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { useAnnounce } from '@/components/ui/announcer';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { MatterView } from '@/lib/contract-refunds';
import type { Choice } from '@/lib/matters';
import { useProblemText } from '../refunds/step-up';
import { postDecision } from './inbox-calls';

type Given = {
  readonly choice: Choice | null;
  readonly reason: string;
  readonly pin: string;
  readonly counter: string;
};
type Put = (change: Partial<Given>) => void;

export function DecideForm({ matter }: { readonly matter: MatterView }) {
  const { say } = useReading();
  // Whoever may not alone is asked for somebody who may, when it is sent.
  const alone = can(useShop().setting.staff.role, 'decide');
  const { given, put, busy, says, submit } = useDecision(matter, alone);
  return (
    <form
      onSubmit={submit}
      autoComplete="off"
      data-testid="decide-form"
      className="flex flex-col gap-3 border-t border-line pt-3"
    >
      <Choices matter={matter} given={given} put={put} />
      <Words given={given} put={put} alone={alone} />
      <p role="alert" data-testid="decide-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <div className="flex justify-end">
        <Button loudness="loud" type="submit" disabled={busy}>
          {say(busy ? 'inbox.settling' : 'inbox.settle')}
        </Button>
      </div>
    </form>
  );
}

type ChoicesProps = { readonly matter: MatterView; readonly given: Given; readonly put: Put };

function Choices({ matter, given, put }: ChoicesProps) {
  const { say } = useReading();
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="pb-1 text-small text-ink-soft">{say('inbox.choice')}</legend>
      {matter.choices.map((each) => (
        <label
          key={each}
          className={`flex min-h-touch items-center gap-2 rounded-small border px-3 text-body ${
            each === given.choice ? 'border-accent bg-accent-wash' : 'border-line bg-raised'
          }`}
        >
          <input
            type="radio"
            name={`choice ${matter.key}`}
            checked={each === given.choice}
            onChange={() => put({ choice: each })}
          />
          {say(`choice.${each}`)}
        </label>
      ))}
    </fieldset>
  );
}

type WordsProps = { readonly given: Given; readonly put: Put; readonly alone: boolean };

function Words({ given, put, alone }: WordsProps) {
  const { say } = useReading();
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-3">
      <Field
        label={say('inbox.reason')}
        value={given.reason}
        onChange={(reason) => put({ reason })}
        maxLength={200}
      />
      {alone ? (
        <Field
          label={say('refunds.pin-plain')}
          value={given.pin}
          onChange={(pin) => put({ pin })}
          type="password"
          inputMode="numeric"
          maxLength={64}
        />
      ) : (
        <p className="text-body text-ink-soft">{say('inbox.leave')}</p>
      )}
      {given.choice === 'accept' && (
        <Field
          label={say('inbox.counter')}
          value={given.counter}
          onChange={(counter) => put({ counter })}
          maxLength={24}
        />
      )}
    </div>
  );
}

function useDecision({ matter, payment, choices }: MatterView, alone: boolean) {
  const { say } = useReading();
  const announce = useAnnounce();
  const client = useQueryClient();
  const textOf = useProblemText();
  const [only] = choices.length === 1 ? choices : [];
  const [given, setGiven] = useState<Given>({
    ...{ choice: only ?? null, reason: '', pin: '', counter: '' },
  });
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const put: Put = (change) => setGiven((known) => ({ ...known, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { choice, pin } = given;
    const [reason, counter] = [given.reason.trim(), given.counter.trim()];
    if (busy) return;
    if (choice === null) return setSays(say('inbox.choice-missing'));
    if (reason === '') return setSays(say('inbox.reason-missing'));
    if (alone && pin === '') return setSays(say('refunds.pin-missing'));
    const at = choice === 'accept' && counter !== '' ? { counter } : {};
    setBusy(true);
    setSays('');
    const reply = await postDecision(payment.id, { choice, reason, pin, matter, ...at });
    setBusy(false);
    put({ pin: '' });
    if (reply.kind !== 'answered') {
      return setSays(reply.kind === 'silent' ? say('problem.no-answer') : textOf(reply.problem));
    }
    heard(client, reply.value.payment);
    announce(say(`choice.${choice}`));
    await client.invalidateQueries({ queryKey: [INBOX] });
  };
  return { given, put, busy, says, submit };
}
