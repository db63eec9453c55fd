import { PaymentDetail } from '@/components/desk/history/payment-detail';

type Props = { readonly params: Promise<{ readonly id: string }> };

/** The picture itself is asked of the API, whose door looks at who is asking. */
export default async function PaymentPage({ params }: Props) {
  return <PaymentDetail id={(await params).id} />;
}
