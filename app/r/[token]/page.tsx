import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { CustomerReceipt } from '@/components/display/customer-receipt';
import { Reader } from '@/components/ui/language';
import { TILL } from '@/lib/messages/dictionary';
import { receiptWord } from '@/lib/messages/receipts';
import { app } from '@/server/runtime';
import { addressOf } from '../../api/told';
import { visitorLanguage } from '../../preferences';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: receiptWord('title', await visitorLanguage()) } };
}

type Props = { readonly params: Promise<{ readonly token: string }> };

/** For whoever has the address. What is wrong and what is over look the same. */
export default async function ReceiptPage({ params }: Props) {
  const [{ token }, language, asked] = await Promise.all([params, visitorLanguage(), headers()]);
  const address = addressOf({ headers: asked });
  const told = await app()?.customerReceipt(token, { language, address });
  if (told === undefined || 'refused' in told) notFound();
  return (
    <Reader language={language} messages={TILL[language]}>
      <CustomerReceipt token={token} first={told} />
    </Reader>
  );
}
