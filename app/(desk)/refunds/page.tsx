import { NoSaleChosen } from '@/components/desk/refunds/refund-panel';
import { onlyFor } from '../may';

export default async function RefundsPage() {
  await onlyFor('refund');
  return <NoSaleChosen />;
}
