/** Our own shop as a client of the virtual gateway, to be compared with the naive one. */
import type { ChargeRequest } from '@/server/payments/charge';
import type { Random } from '../random';
import type { VirtualGateway } from './gateway';
import type { Loop } from './loop';
import { openShop, type Shop } from './shop';
import type { Client } from './trade';

export const clockOf = (loop: Loop) => ({ wall: loop.now, steady: loop.now, sleep: loop.sleep });

export type Ours = Client & { readonly shop: Shop };

export async function createOurs(
  loop: Loop,
  { gateway, random }: { gateway: VirtualGateway; random: Random },
): Promise<Ours> {
  const learnt = new Map<string, number>();
  const shop = await openShop({
    clock: clockOf(loop),
    transport: { send: gateway.send },
    account: gateway.account,
    random,
    onChanged: ({ id, state }) => {
      if (state === 'paid' && !learnt.has(id)) learnt.set(id, loop.now());
    },
  });
  let taps = 0;
  return {
    shop,
    learnt,
    start: () => shop.payments.start(),
    stop: () => shop.payments.stop(),
    sell: async (amount) => {
      taps += 1;
      const result = await shop.payments.charge(showQr(`tap-${taps}`, amount));
      if ('refused' in result) throw new Error(`a fresh tap was refused: ${result.refused}`);
      return result.payment.state === 'awaiting' ? result.payment.id : null;
    },
  };
}

export const showQr = (key: string, amount: number): ChargeRequest => ({
  key,
  bodyText: `${key} ${amount}`,
  amount,
  currency: 'HKD',
  payType: '800201',
  mode: 'MPM',
  authCode: null,
  saleId: null,
  note: null,
  counter: '1',
  staff: '3000',
  outlet: null,
});
