import { NothingChosen } from '@/components/desk/payment-detail';

export default function HistoryPage() {
  return <NothingChosen />;
}
