/** What crosses the wire about payments that customers may still pay. */
import type { PaymentView } from './contract';

/** `GET /api/payments/live`: what can still be paid, oldest first, at whichever counter. */
export type LivePayments = { readonly payments: readonly PaymentView[] };
