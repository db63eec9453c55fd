import type { ReactNode } from 'react';
import { OneSale } from '@/components/desk/refunds/one-sale';
import { Refunds } from '@/components/desk/refunds/refunds';
import { titled } from '../../preferences';
import { mayHere, onlyWithHelpFor } from '../may';

export const generateMetadata = () => titled('refunds.title');

export default async function RefundsLayout({ children }: { readonly children: ReactNode }) {
  await onlyWithHelpFor('refund');
  // The list is everybody's refunds; who needs a hand for each of them sees the one sale alone.
  if (await mayHere('refund')) return <Refunds>{children}</Refunds>;
  return <OneSale>{children}</OneSale>;
}
