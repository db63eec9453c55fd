/** All that the till knows, page after page. Throws when it does not say. */
import type { PaymentPage, PaymentView } from '@/lib/contract';
import type { StaffClient } from './staff-client';

export async function everyPayment(manager: Pick<StaffClient, 'call'>): Promise<PaymentView[]> {
  const all: PaymentView[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await manager.call('GET', `/api/payments?limit=200${more}`);
    if (status !== 200) throw new Error(`the list was answered ${status}`);
    const page = body as PaymentPage;
    all.push(...page.payments);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
