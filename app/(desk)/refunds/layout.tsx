import type { ReactNode } from 'react';
import { Refunds } from '@/components/desk/refunds/refunds';
import { titled } from '../../preferences';
import { onlyFor } from '../may';

export const generateMetadata = () => titled('refunds.title');

export default async function RefundsLayout({ children }: { readonly children: ReactNode }) {
  await onlyFor('refund');
  return <Refunds>{children}</Refunds>;
}
