'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { holdsCardNumber } from '@/lib/card-number';
import type { PaymentDetail } from '@/lib/contract';
import { LONGEST_NOTE, type NoteView } from '@/lib/contract-history';
import { addNote } from './queries';

type Props = { readonly detail: PaymentDetail };

/** What people wrote on a payment, and room for more. Nothing here is changed or taken away. */
export function Notes({ detail: { payment, notes, people } }: Props) {
  const { say } = useReading();
  return (
    <section aria-label={say('detail.notes')} className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">{say('detail.notes')}</h2>
      {notes.length > 0 && (
        <ul className="flex flex-col border-t border-line">
          {notes.map((note) => (
            <Note key={note.number} note={note} name={people[note.staff] ?? note.staff} />
          ))}
        </ul>
      )}
      <NewNote key={payment.id} id={payment.id} />
    </section>
  );
}

function Note({ note, name }: { readonly note: NoteView; readonly name: string }) {
  const shop = useShop();
  return (
    <li data-testid="note" className="flex flex-col border-b border-line py-2">
      <p className="text-body break-words whitespace-pre-wrap">{note.says}</p>
      <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
        <time dateTime={note.at}>{shop.day(note.at)}</time>
        <span>{name}</span>
      </p>
    </li>
  );
}

/** From here on it says how much room is left. */
const NEARLY_FULL = 100;

function NewNote({ id }: { readonly id: string }) {
  const { say } = useReading();
  const client = useQueryClient();
  const field = useId();
  const [says, setSays] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const wrong = holdsCardNumber(says) ? say('note.card') : refused;
  const left = LONGEST_NOTE - says.length;
  const add = async () => {
    setBusy(true);
    setRefused(null);
    const reply = await addNote(id, says.trim());
    setBusy(false);
    if (reply.kind === 'silent') return setRefused(say('problem.no-answer'));
    if (reply.kind === 'refused') return setRefused(reply.problem.says);
    setSays('');
    await client.invalidateQueries({ queryKey: ['detail', id] });
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label htmlFor={field} className="text-small text-ink-soft">
        {say('note.label')}
      </label>
      <textarea
        id={field}
        rows={2}
        maxLength={LONGEST_NOTE}
        value={says}
        onChange={(event) => {
          setSays(event.target.value);
          setRefused(null);
        }}
        aria-describedby={`${field}-hint`}
        aria-invalid={wrong !== null}
        className="w-full border border-line bg-raised p-3 text-body"
      />
      <p id={`${field}-hint`} className="text-small text-ink-soft">
        {says === '' || left > NEARLY_FULL ? say('note.hint') : say('note.left', { count: left })}
      </p>
      <p role="alert" className="text-small text-stop empty:hidden">
        {wrong}
      </p>
      <div>
        <Button type="submit" disabled={busy || says.trim() === '' || holdsCardNumber(says)}>
          {say(busy ? 'note.adding' : 'note.add')}
        </Button>
      </div>
    </form>
  );
}
