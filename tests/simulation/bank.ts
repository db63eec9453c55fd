/**
 * The gateway's side of a world: the simulator's own model behind its own door, woken at the right
 * virtual moments. It is the truth that everything else is measured by.
 */
import { makeAccount } from '@/server/simulator/accounts';
import { type Gateway, makeGateway } from '@/server/simulator/gateway/gateway';
import type { Checked } from '@/server/simulator/model/charge';
import { type Model, makeModel } from '@/server/simulator/model/model';
import { noticeAnswered, takeDueNotices } from '@/server/simulator/model/notices';
import { pay, refuse } from '@/server/simulator/model/payer';
import type { Notice, Order } from '@/server/simulator/model/state';
import { DEFAULT_SETTINGS } from '@/server/simulator/settings';
import type { Loop } from './loop';
import type { Swarm } from './swarm';

export type { Notice, Order } from '@/server/simulator/model/state';

/** What the gateway said about a number that was not so. */
type Lies = { denials: number; closed: boolean };

export type Bank = ReturnType<typeof makeBank>;
/** Answers what the shop's server answered: status and body. */
type Postman = (notice: Notice) => Promise<{ status: number | null; answer: string }>;

const NOTIFY = 'http://shop.test/api/qfpay/notify';
/** What the shop knows of its account, whatever outlet it has. */
export const ACCOUNT = makeAccount({ notifyUrl: NOTIFY });

export function makeBank(loop: Loop, given: { seed: number; swarm: Swarm }) {
  const { outlet } = given.swarm;
  const account = outlet === null ? ACCOUNT : { ...ACCOUNT, mchids: [outlet] };
  const model = makeModel({
    accounts: [account],
    seed: given.seed,
    settings: { ...DEFAULT_SETTINGS, ...given.swarm.settings },
  });
  const gateway: Gateway = makeGateway(withQuirks(model, given.swarm));
  const alarm = makeAlarm(loop, model);
  return {
    ...{ model, account, outlet, gateway },
    ...makeRumours(),
    ...makePayers(loop, model, alarm.settle),
    ...alarm,
  };
}

/** Lets happen what is due at its moment, and sends the notifications that come of it. */
function makeAlarm(loop: Loop, model: Model) {
  const waiting: (() => void)[] = [];
  let postman: Postman | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  const deliver = (notice: Notice): void => {
    loop.tell('bank', `notifies ${notice.kind} ${notice.number} (${notice.attempts.length})`);
    void postman?.(notice).then((answer) => {
      noticeAnswered(model.world, notice, { ...answer, at: loop.now() });
      settle();
    });
  };
  const settle = (): void => {
    model.advance(loop.now());
    for (const notice of takeDueNotices(model.world, loop.now())) deliver(notice);
    for (const told of waiting) told();
    const due = model.nextDue();
    if (due === null || due >= wakesAt) return;
    wakesAt = due;
    loop.at(due, () => {
      wakesAt = Number.POSITIVE_INFINITY;
      settle();
    });
  };
  return {
    settle,
    setPostman(next: Postman): void {
      postman = next;
    },
    /** Called whenever something may have happened. */
    watch: (told: () => void): number => waiting.push(told),
  };
}

/** What was told that was not so. */
function makeRumours() {
  const lies = new Map<string, Lies>();
  let garbled = false;
  return {
    lies,
    lieAbout(number: string): Lies {
      const known = lies.get(number) ?? { denials: 0, closed: false };
      lies.set(number, known);
      return known;
    },
    /** Some answer named an amount or a currency that was not so. */
    garbled: (): boolean => garbled,
    garble(): void {
      garbled = true;
    },
  };
}

function makePayers(loop: Loop, model: Model, settle: () => void) {
  const order = (number: string): Order | null => {
    model.advance(loop.now());
    return model.find(number);
  };
  return {
    order,
    /** The customer pays now, if the wallet lets him. */
    pay(number: string, how: { late: boolean }): void {
      const found = order(number);
      if (found === null) return;
      if (how.late) found.late = true;
      const acted = pay(model.world, found, { at: loop.now(), force: false });
      loop.tell('payer', `pays ${number}: ${acted.ok ? 'done' : acted.why}`);
      settle();
    },
    refuse(number: string): void {
      const found = order(number);
      if (found === null) return;
      const acted = refuse(model.world, found, '1201');
      loop.tell('payer', `refuses ${number}: ${acted.ok ? 'done' : acted.why}`);
      settle();
    },
  };
}

/** How other gateways answer lists: shorter pages, or no unpaid orders in a window. */
function withQuirks(model: Model, swarm: Swarm): Model {
  const { pageCap, hidesUnpaid } = swarm;
  if (pageCap === null && !hidesUnpaid) return model;
  const quirky: Model = Object.create(model);
  quirky.query = (request, now) => model.query(bent(request, { pageCap, hidesUnpaid }), now);
  return quirky;
}

function bent(request: Checked, quirks: Pick<Swarm, 'pageCap' | 'hidesUnpaid'>): Checked {
  const params = new Map(request.params);
  const byNumber = params.has('out_trade_no') || params.has('syssn');
  if (byNumber) return request;
  const asked = Number(params.get('page_size') ?? 10);
  if (quirks.pageCap !== null) params.set('page_size', String(Math.min(asked, quirks.pageCap)));
  if (quirks.hidesUnpaid) params.set('respcd', '0000');
  return { ...request, params };
}
