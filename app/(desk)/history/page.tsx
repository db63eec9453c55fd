import { NothingChosen } from '@/components/till/sales/payment-detail';

export default function HistoryPage() {
  return <NothingChosen />;
}
