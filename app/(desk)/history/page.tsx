import { NothingChosen } from '@/components/desk/history/payment-detail';

export default function HistoryPage() {
  return <NothingChosen />;
}
