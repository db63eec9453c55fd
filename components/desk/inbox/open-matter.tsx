'use client';
/**
 * What is open about a payment, on its own page: for a manager, and for whoever sold it where a
 * manager lends a hand in place. Without either there is nothing to see.
 */
import { useQuery } from '@tanstack/react-query';
import { useMay } from '@/components/live/use-may';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { matterQuery } from './inbox-calls';
import { ToSettle, Why } from './matter-card';

export function OpenMatter({ payment }: { readonly payment: PaymentView }) {
  const { say, language } = useReading();
  const isMarked = payment.late || payment.review !== null;
  const enabled = useMay('decide') && isMarked;
  const { data } = useQuery({ ...matterQuery(payment, language), enabled });
  const matter = enabled ? (data?.matter ?? null) : null;
  if (matter === null) return null;
  return (
    <section
      data-testid="open-matter"
      data-matter={matter.matter}
      aria-label={say('inbox.title')}
      className="flex flex-col gap-4 rounded-small border border-stop p-4"
    >
      <div>
        <Chip tone="stop" icon="person" word={say(`matter.${matter.matter}`)} />
      </div>
      <Why matter={matter} />
      <ToSettle matter={matter} />
    </section>
  );
}
