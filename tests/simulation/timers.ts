/**
 * I2: money that the gateway took is shown as paid in time. Where nothing is broken the bound is
 * that of the rank at which it was taken; while things are broken only the end counts.
 */
import type { Bank } from './bank';
import type { Loop } from './loop';
import type { Report } from './report';
import type { Shop } from './shop';
import { FAULTY_MS, type Swarm } from './swarm';

const SECOND = 1_000;
/** money.md I2; the last second is the way there and back. */
const OPEN_MS = 6 * SECOND;
const ENDED_MS = 61 * SECOND;
/** After the faults the allowance of calls has to recover first. */
const HEALING_MS = 120 * SECOND;

type Given = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly shop: Shop;
  readonly report: Report;
  readonly swarm: Swarm;
};

export function makeTimers({ loop, bank, shop, report, swarm }: Given): void {
  let looked = 0;
  const healsAt = swarm.startAt + FAULTY_MS;
  const boundAt = (number: string): number | null => {
    const calm = loop.now() >= healsAt + HEALING_MS;
    if (swarm.rush || !(swarm.strict || calm)) return null;
    const seen = shop.witness().payment(number);
    if (seen === null) return null;
    // What the gateway itself had ended may end here while the money is on its way.
    const isOpen = seen.rank < 3 && bank.order(number)?.endCode === '';
    return isOpen && swarm.strict ? OPEN_MS : ENDED_MS + (swarm.strict ? 0 : 10 * SECOND);
  };
  bank.watch(() => {
    const { ledger } = bank.model.world;
    for (; looked < ledger.length; looked += 1) {
      const movement = ledger[looked];
      if (movement?.kind !== 'payment') continue;
      const { number } = movement;
      const bound = boundAt(number);
      const paidAt = loop.now();
      if (bound === null) continue;
      loop.after(bound, () => {
        const seen = shop.witness().payment(number);
        if (seen?.state === 'paid') return undefined;
        const says = `paid for ${loop.now() - paidAt} ms and still ${seen?.state ?? 'unknown'}`;
        report.violated('I2', number, says);
        return undefined;
      });
    }
  });
}
