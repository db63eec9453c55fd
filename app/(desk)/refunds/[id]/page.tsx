import { RefundPanel } from '@/components/desk/refunds/refund-panel';
import { onlyWithHelpFor } from '../../may';

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function RefundPage({ params }: Props) {
  await onlyWithHelpFor('refund');
  return <RefundPanel id={(await params).id} />;
}
