/** Lessons are judged by payments alone: by what the server saw, and since each was opened. */
import { describe, expect, test } from 'vitest';
import { holdsCardNumber } from '@/lib/card-number';
import { readScan } from '@/lib/payment-code';
import {
  LESSON,
  LESSONS,
  type LessonName,
  lessonsDone,
  practiceCode,
  type Witnessed,
} from '@/lib/practice';
import { readMagic } from '@/server/simulator/magic';

const OPENED = 1_000;
type Told = Partial<Witnessed['payment']> & {
  readonly went?: Witnessed['states'];
  readonly endedAt?: number;
};

let made = 0;
function seen({ went = ['created', 'sending', 'paid'], endedAt = 5_000, ...but }: Told): Witnessed {
  made += 1;
  const plain = { mode: 'CPM', state: 'paid', amount: 4_850, late: false, failure: null } as const;
  const id = `P${made}` as Witnessed['payment']['id'];
  const payment = { ...plain, id, refunded: 0, createdAt: OPENED, ...but };
  return { payment, states: went, endedAt };
}
const ALL = Object.fromEntries(LESSONS.map((name) => [name, OPENED]));
const done = (...all: Witnessed[]) => lessonsDone(ALL, all);

const REFUSED = { code: 'refused', respcd: '1201' } as const;
const EXAMPLES: Readonly<Record<LessonName, Witnessed>> = {
  qr: seen({ mode: 'MPM', went: ['created', 'sending', 'awaiting', 'paid'] }),
  password: seen({ went: ['created', 'sending', 'awaiting', 'paid'] }),
  refused: seen({ state: 'failed', failure: REFUSED, went: ['created', 'sending', 'failed'] }),
  lost: seen({ went: ['created', 'sending', 'unknown', 'paid'] }),
  late: seen({ late: true, went: ['created', 'sending', 'cancelling', 'closed', 'paid'] }),
  refund: seen({ refunded: 1 }),
};

describe('a lesson is done', () => {
  test.each(LESSONS)('%s: by a payment that went its way, and by that alone', (name) => {
    expect(done(EXAMPLES[name])).toEqual([name]);
  });

  test('not by a sale that was simply paid, nor by none', () => {
    expect(done(seen({}))).toEqual([]);
    expect(done()).toEqual([]);
  });

  test('not before it was opened, nor by a payment from before that', () => {
    expect(lessonsDone({}, [EXAMPLES.qr])).toEqual([]);
    expect(lessonsDone({ qr: OPENED + 1 }, [EXAMPLES.qr])).toEqual([]);
    expect(lessonsDone({ qr: OPENED }, [EXAMPLES.qr])).toEqual(['qr']);
  });

  test('not while the end is open: a QR nobody paid, a lost answer nobody knows', () => {
    expect(done(seen({ mode: 'MPM', state: 'awaiting', went: ['awaiting'] }))).toEqual([]);
    expect(done(seen({ state: 'unknown', went: ['sending', 'unknown'] }))).toEqual([]);
  });

  test('not by a cancelled code where a refused one is asked for', () => {
    const cancelled = { code: 'cancelled', respcd: null } as const;
    expect(done(seen({ state: 'failed', failure: cancelled, went: ['failed'] }))).toEqual([]);
  });

  test('the lost answer only by whoever did not charge again before it was known', () => {
    const again = (createdAt: number, amount = 4_850) =>
      done(EXAMPLES.lost, seen({ createdAt, amount })).includes('lost');
    expect(again(4_999)).toBe(false);
    expect(again(5_000)).toBe(true);
    expect(again(4_999, 100)).toBe(true);
  });
});

describe('the codes of the lessons', () => {
  const OUTCOMES: Readonly<Record<LessonName, string | undefined>> = {
    ...{ qr: undefined, password: 'asks-then-pays', refused: 'too-little-money' },
    ...{ lost: 'silent-and-paid', late: 'cancelled-yet-paid', refund: 'pays' },
  };

  test.each(LESSONS)('%s: the simulator plays what the lesson tells', (name) => {
    const { outcome } = LESSON[name];
    const played = outcome === null ? undefined : readMagic(practiceCode(outcome, 7))?.outcome;
    expect(played).toBe(OUTCOMES[name]);
  });

  test('pass the till’s own guard whatever the second, and differ from one to the next', () => {
    const codes = Array.from({ length: 400 }, (_, n) => practiceCode('06', 1_795_780_800 + n));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter(holdsCardNumber)).toEqual([]);
    expect(codes.filter((code) => readScan(code, null).kind !== 'payment-code')).toEqual([]);
  });

  test('no two lessons key the same amount', () => {
    expect(new Set(LESSONS.map((name) => LESSON[name].amount)).size).toBe(LESSONS.length);
  });
});
