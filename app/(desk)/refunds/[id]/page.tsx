import { RefundPanel } from '@/components/desk/refunds/refund-panel';
import { onlyFor } from '../../may';

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function RefundPage({ params }: Props) {
  await onlyFor('refund');
  return <RefundPanel id={(await params).id} />;
}
