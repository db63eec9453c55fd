/**
 * The network between the shop and the gateway, and whatever may happen to bytes on it. A fault is
 * chosen for each call by the swarm's strengths; what a call does to the truth is the model's.
 */

import { result } from '@/lib/results';
import type { Transport, TransportOutcome, TransportRequest } from '@/server/qfpay/transport';
import type { FaultRule } from '@/server/simulator/faults';
import type { RawAnswer } from '@/server/simulator/gateway/raw';
import type { Bank } from './bank';
import type { Life, Loop } from './loop';
import type { Stream } from './random';
import type { NetworkFaults, Spell, Swarm } from './swarm';
import {
  BROKEN,
  DENIALS,
  lowerCase,
  MUMBLES,
  REFUSED,
  readSent,
  type Sent,
  TIMED_OUT,
} from './wire';

type NetworkEars = {
  /** Before the first byte leaves. */
  readonly onSend: (life: Life, sent: Sent) => void;
  readonly onArrive: (sent: Sent) => void;
  readonly onAnswered: (sent: Sent, answer: RawAnswer | null) => void;
  /** The shop hears what became of it; `fully`: nothing on the way or at the gate spoilt it. */
  readonly onHeard: (life: Life, sent: Sent, fully: boolean) => void;
};
export type Network = ReturnType<typeof makeNetwork>;

type Given = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly swarm: () => Swarm;
  readonly draw: Stream;
  readonly ears: NetworkEars;
};

const PLAIN = {
  endpoint: 'any',
  stage: 'before',
  match: {},
  ms: 0,
  status: 502,
  respcd: '',
  inner: false,
  count: 0,
} as const;

type Fate = {
  readonly kind: keyof NetworkFaults | 'limited' | 'keyRotated' | 'none';
  readonly rules: readonly FaultRule[];
};

export function makeNetwork(given: Given) {
  const { draw } = given;
  /** Charges and refunds that have left and have not been looked at yet, by number. */
  const flying = new Map<string, number>();
  const last = new Map<string, { number: string; answer: RawAnswer }>();
  const transportFor = (life: Life): Transport => ({
    send: (request) => {
      if (life.dead) return new Promise(() => {});
      return new Promise((resolve) => send({ ...given, flying, last }, { life, request, resolve }));
    },
  });
  return {
    transportFor,
    /** A charge under this number is still on its way. */
    isFlying: (number: string): boolean => (flying.get(number) ?? 0) > 0,
    latency: (): number => draw.int(...given.swarm().latency),
  };
}

type Line = Given & {
  readonly flying: Map<string, number>;
  readonly last: Map<string, { number: string; answer: RawAnswer }>;
};
type Sending = {
  readonly life: Life;
  readonly request: TransportRequest;
  readonly resolve: (outcome: TransportOutcome) => void;
};

function send(line: Line, { life, request, resolve }: Sending): void {
  const { loop, draw, ears } = line;
  const sent = readSent(request);
  ears.onSend(life, sent);
  if (life.dead) return;
  const { latency } = line.swarm();
  const fate = fateOf(line, sent);
  loop.tell(life.name, `sends ${sent.endpoint} ${sent.number ?? 'window'} [${fate.kind}]`);
  let ended = false;
  const end = (ms: number, outcome: TransportOutcome): void => {
    loop.afterFor(life, ms, () => {
      if (ended) return undefined;
      ended = true;
      const spoilt = fate.rules.length > 0;
      const fully = !spoilt && outcome.kind === 'answer' && outcome.status === 200;
      ears.onHeard(life, sent, fully);
      resolve(outcome);
      return undefined;
    });
  };
  if (fate.kind === 'unreachable') {
    end(draw.chance(0.3) ? 3_000 : draw.int(1, 50), REFUSED);
    return;
  }
  end(sent.timeoutMs, TIMED_OUT);
  const there = draw.int(...latency) + (fate.kind === 'executedLater' ? draw.int(0, 20_000) : 0);
  if (fate.kind === 'requestLost') {
    if (draw.chance(0.4)) end(there, BROKEN);
    return;
  }
  const back = () => draw.int(...latency) + (fate.kind === 'slow' ? draw.int(0, 20_000) : 0);
  const arriveAfter = (ms: number) => take(line, sent, { ms, back, fate, end });
  arriveAfter(there);
  if (fate.kind === 'duplicated') arriveAfter(there + draw.int(0, 3_000));
}

type Journey = {
  readonly ms: number;
  readonly back: () => number;
  readonly fate: Fate;
  readonly end: (ms: number, outcome: TransportOutcome) => void;
};

/** The request reaches the gateway after `ms`, and its answer sets out for home. */
function take(line: Line, sent: Sent, { ms, back, fate, end }: Journey): void {
  const { loop, bank, flying, ears } = line;
  const makes = sent.endpoint === 'payment' || sent.endpoint === 'refund';
  const key = makes ? sent.number : null;
  if (key !== null) flying.set(key, (flying.get(key) ?? 0) + 1);
  loop.after(ms, () => {
    if (key !== null) flying.set(key, (flying.get(key) ?? 1) - 1);
    ears.onArrive(sent);
    for (const rule of fate.rules) bank.model.world.faults.add(rule, 1);
    const { run } = bank.gateway.open(sent.raw, loop.now());
    const ran = run?.({ now: loop.now(), steady: loop.now() }) ?? null;
    bank.model.world.faults.clear();
    const answer = ran?.answer ?? null;
    ears.onAnswered(sent, answer);
    bank.settle();
    const delay = back();
    loop.after(delay, () => ran?.done() as undefined);
    if (fate.kind === 'answerLost' && line.draw.chance(0.5)) return undefined;
    end(delay, outcomeOf(line, sent, { answer, fate }));
    return undefined;
  });
}

function outcomeOf(
  line: Line,
  sent: Sent,
  { answer, fate }: { answer: RawAnswer | null; fate: Fate },
): TransportOutcome {
  if (answer === null || fate.kind === 'answerLost') return BROKEN;
  const number = sent.number ?? sent.about ?? '';
  const other = line.last.get(sent.endpoint);
  // A lie is told once: swapped for another answer later, it would be a second one.
  const isTrue = answer.status === 200 && fate.rules.length === 0;
  if (isTrue) line.last.set(sent.endpoint, { number, answer });
  const swapped = fate.kind === 'swapped' && other !== undefined && other.number !== number;
  if (swapped && sent.endpoint === 'query') line.bank.lieAbout(number).denials += 1;
  // Whoever has not learnt the order's other number cannot see whose answer it is.
  const stops = sent.endpoint === 'close' || sent.endpoint === 'reversal';
  if (swapped && stops && sent.about === null) line.bank.lieAbout(number).closed = true;
  const { status, headers, body } = swapped ? other.answer : answer;
  return { kind: 'answer', status, headers: lowerCase(headers), body: Buffer.from(body) };
}

const during = (spells: readonly Spell[], ms: number): boolean =>
  spells.some(({ from, to }) => ms >= from && ms < to);

const FAULTS: Readonly<Partial<Record<keyof NetworkFaults, Partial<FaultRule>>>> = {
  errorBefore: { kind: 'status', stage: 'before' },
  errorAfter: { kind: 'status', stage: 'after' },
  truncated: { kind: 'truncate', stage: 'after' },
  wrongSignature: { kind: 'wrong-signature', stage: 'after' },
  smallerAmount: { kind: 'smaller-amount', stage: 'after' },
  otherCurrency: { kind: 'other-currency', stage: 'after' },
  otherNumber: { kind: 'other-number', stage: 'after' },
};

function fateOf(line: Line, sent: Sent): Fate {
  const { draw, loop } = line;
  const swarm = line.swarm();
  const since = loop.now() - swarm.startAt;
  const rule = (change: Partial<FaultRule>): FaultRule => ({ ...PLAIN, ...change }) as FaultRule;
  if (during(swarm.down, since)) return { kind: 'unreachable', rules: [] };
  if (during(swarm.limited, since)) {
    return { kind: 'limited', rules: [rule({ kind: 'status', stage: 'before', status: 429 })] };
  }
  if (during(swarm.keyRotated, since)) {
    return { kind: 'keyRotated', rules: [rule({ kind: 'respcd', respcd: '1108' })] };
  }
  if (swarm.strict) return { kind: 'none', rules: [] };
  let dice = draw.next();
  for (const [kind, probability] of Object.entries(swarm.network) as [
    keyof NetworkFaults,
    number,
  ][]) {
    dice -= probability / 2;
    if (dice >= 0) continue;
    if (kind === 'smallerAmount' || kind === 'otherCurrency') line.bank.garble();
    if (kind === 'rewritten') return { kind, rules: rewriting(line, sent, rule) };
    const change = FAULTS[kind];
    const rules = change === undefined ? [] : [rule(change)];
    return {
      kind,
      rules: kind === 'wrongSignature' ? [...rules, ...forging(line, sent, rule)] : rules,
    };
  }
  return { kind: 'none', rules: [] };
}

/** A lie of one number only, and written down: what the shop concludes from it is excused. */
function rewriting(
  line: Line,
  sent: Sent,
  rule: (change: Partial<FaultRule>) => FaultRule,
): FaultRule[] {
  const { draw, bank } = line;
  if (sent.number === null || sent.number.includes(',')) return [];
  const moves = sent.endpoint === 'payment' || sent.endpoint === 'refund';
  const respcd = draw.pick(draw.chance(moves ? 0.8 : 0.4) ? DENIALS : MUMBLES);
  const inner = sent.endpoint === 'query' && draw.chance(0.8);
  const verdicts = result(respcd)?.verdicts;
  const told = bank.lieAbout(sent.number);
  if (inner || sent.endpoint !== 'query') told.denials += 1;
  if (inner && verdicts?.query === 'closed') told.closed = true;
  if (sent.endpoint === 'close' || sent.endpoint === 'reversal') {
    told.closed ||= verdicts?.close === 'closed';
  }
  return [rule({ kind: 'respcd', stage: 'after', respcd, inner })];
}

/** Where answers are signed, somebody on the way may say "paid" but cannot sign it. */
function forging(
  { bank, draw }: Line,
  sent: Sent,
  rule: (change: Partial<FaultRule>) => FaultRule,
): FaultRule[] {
  const signed = bank.model.world.settings.responseSignature !== 'none';
  if (!signed || sent.endpoint === 'refund' || !draw.chance(0.7)) return [];
  const inner = sent.endpoint === 'query';
  return [rule({ kind: 'respcd', stage: 'after', respcd: '0000', inner })];
}
