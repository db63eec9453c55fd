/**
 * The promises about what leaves the shop: the intent is on disk before the first byte, no more
 * goes back than came in, and the gateway's allowance is never exceeded.
 */
import type { RawAnswer } from '@/server/simulator/gateway/raw';
import { hkMonth, hkSecondOfDay } from '@/server/simulator/hong-kong';
import type { Bank } from './bank';
import type { Life, Loop } from './loop';
import type { Report } from './report';
import type { Swarm } from './swarm';
import type { Sent } from './wire';
import type { Witness } from './witness';

const MINUTE = { ms: 60_000, most: 400 };
const SECOND = { ms: 1_000, most: 100 };

type Given = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly witness: () => Witness;
  readonly swarm: () => Swarm;
  readonly report: Report;
  readonly skewOf: (server: string) => number;
};

export function makeToll(given: Given) {
  const { loop, report, swarm } = given;
  const sends = new Map<string, number>();
  let arrivals: number[] = [];
  let limited = 0;

  const countIn = ({ ms, most }: { ms: number; most: number }): void => {
    const inside = arrivals.filter((at) => at > loop.now() - ms).length;
    if (inside > most) report.violated('I12', null, `${inside} calls in ${ms} ms`);
  };
  return {
    onSend(life: Life, sent: Sent): void {
      noteQuestion(report, sent, loop.now());
      if (sent.endpoint === 'query') return;
      const number = numberOf(given, sent);
      const kind = KINDS[sent.endpoint];
      const count = (sends.get(`${kind} ${number}`) ?? 0) + 1;
      sends.set(`${kind} ${number}`, count);
      const intents = given.witness().intents(number, kind);
      if (intents < count)
        report.violated('I6', number, `${kind} ${count} with ${intents} intents`);
      if (kind === 'charge') judgeCharge(given, sent, number);
      if (kind === 'refund') {
        judgeRefund(given, sent, number);
        judgeHour(given, life, number);
      }
      if (kind === 'refund' && count > 1) report.sometimes('refund sent again under its number');
    },
    onArrive(_sent: Sent): void {
      arrivals.push(loop.now());
      if (arrivals.length > 900) arrivals = arrivals.slice(-500);
      countIn(MINUTE);
      countIn(SECOND);
    },
    onAnswered(sent: Sent, answer: RawAnswer | null): void {
      if (answer?.status === 429) {
        limited += 1;
        if (limited === 5) report.sometimes('storm of 429');
        if (swarm().limited.length === 0) report.violated('I12', sent.number, 'answered 429');
      }
      const paid = sent.endpoint === 'close' || sent.endpoint === 'reversal';
      if (paid && textOf(answer).includes('"1260"')) {
        report.sometimes('paid while it was being closed');
      }
      const used = sent.endpoint === 'payment' && /"(1102|2011|1251)"/.test(textOf(answer));
      if (used) report.sometimes('number used on a charge');
    },
    /** What an older copy has forgotten was still sent. */
    startAnew: (): void => sends.clear(),
  };
}

const KINDS = {
  payment: 'charge',
  refund: 'refund',
  close: 'close',
  reversal: 'close',
} as const;

const textOf = (answer: RawAnswer | null): string =>
  answer === null ? '' : Buffer.from(answer.body).toString();

function numberOf({ bank }: Given, sent: Sent): string {
  const entry = sent.about === null ? undefined : bank.model.world.bySyssn.get(sent.about);
  const named = sent.endpoint === 'refund' ? null : entry?.number;
  return sent.number ?? named ?? '';
}

function noteQuestion(report: Report, sent: Sent, now: number): void {
  if (sent.endpoint !== 'query') return;
  const { params } = sent;
  if (params.get('page') === '2') report.sometimes('second page of a window');
  const month = params.get('start_time')?.slice(0, 7);
  if (month !== undefined && month !== hkMonth(now)) {
    report.sometimes('question about another month');
  }
}

function judgeCharge({ witness, report }: Given, sent: Sent, number: string): void {
  const row = witness().payment(number);
  if (row?.state !== 'sending') {
    report.violated('I6', number, `charged while it is ${row?.state ?? 'not there'}`);
  }
  if (row !== null && row.amount !== sent.amount) {
    report.violated('I1', number, `charged ${sent.amount} instead of ${row.amount}`);
  }
}

/** R8: in QFPay's dead hour nothing is sent by a shop whose clock is right. */
function judgeHour({ loop, report, skewOf }: Given, life: Life, number: string): void {
  const second = hkSecondOfDay(loop.now());
  const inside = second >= 23 * 3_600 + 30 * 60 + 5 || second < 30 * 60 + 50;
  const right = Math.abs(skewOf(life.name)) < 2_000;
  if (inside && right) report.violated('R8', number, 'sent while nothing is given back');
}

/** I3 on the wire: a gateway that lets more go back is no excuse. */
function judgeRefund({ bank, witness, report, loop }: Given, sent: Sent, number: string): void {
  bank.model.advance(loop.now());
  const bad = (says: string) => report.violated('I3', number, says);
  const row = witness().refund(number);
  const payment = row === null ? null : witness().payment(row.payment_id);
  if (row === null || payment === null) {
    bad('a refund of nothing');
    return;
  }
  if (row.state !== 'sending') bad(`sent while it is ${row.state}`);
  if (row.amount !== sent.amount) bad(`sends ${sent.amount} of ${row.amount}`);
  if (payment.qfpay_number !== sent.about) bad(`sent to ${sent.about}`);
  const others = bank.order(payment.id)?.refunds ?? [];
  const known = witness().refundsOf(payment.id);
  const gone = others
    .filter((one) => one.number !== number && one.state !== 'refused')
    .filter((one) => known.some((refund) => refund.id === one.number))
    .reduce((sum, one) => sum + one.amount, 0);
  if (gone + row.amount > payment.amount) bad(`${gone} went back and ${row.amount} is to follow`);
}
