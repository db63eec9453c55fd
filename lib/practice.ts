/**
 * The lessons of a shop for practice: what is keyed, which code plays the customer, and what the
 * server must have seen before a lesson counts as done. Nothing here knows a click: a lesson is
 * judged by payments alone.
 */
import { holdsCardNumber } from './card-number';
import type { Payment, PaymentState } from './payment';

export const LESSONS = ['qr', 'password', 'refused', 'lost', 'late', 'refund'] as const;
export type LessonName = (typeof LESSONS)[number];

type Lesson = {
  /** Minor units. Each lesson has its own, so that two never look like one sale. */
  readonly amount: number;
  /** Of the code that plays the customer (server/simulator/magic.ts); null where a QR is shown. */
  readonly outcome: string | null;
};

export const LESSON: Readonly<Record<LessonName, Lesson>> = {
  qr: { amount: 1_200, outcome: null },
  password: { amount: 2_350, outcome: '02' },
  refused: { amount: 3_400, outcome: '05' },
  lost: { amount: 4_850, outcome: '06' },
  late: { amount: 5_600, outcome: '12' },
  refund: { amount: 6_900, outcome: '01' },
};

export const isLesson = (text: string): text is LessonName => LESSONS.some((one) => one === text);

const SERIALS = 500_000;

/**
 * An 18-digit code that no wallet gives out and the simulator knows. Another `serial` is another
 * code, because no till charges one twice. A number that could be a card's is passed over.
 */
export function practiceCode(outcome: string, serial: number): string {
  const tail = (place: number) => String((serial % SERIALS) * 2 + place).padStart(6, '0');
  const [code = '', next = ''] = [0, 1].map((place) => `13990099${outcome}00${tail(place)}`);
  return holdsCardNumber(code) ? next : code;
}

/** One payment of the learner, and the states that it went through, oldest first. */
export type Witnessed = {
  readonly payment: Pick<
    Payment,
    'id' | 'mode' | 'state' | 'amount' | 'late' | 'failure' | 'refunded' | 'createdAt'
  >;
  readonly states: readonly PaymentState[];
  /** Wall ms of the last change of its state. */
  readonly endedAt: number;
};

type Judge = (one: Witnessed, all: readonly Witnessed[]) => boolean;

const isPaid = ({ payment }: Witnessed): boolean => payment.state === 'paid';
const isScanned = ({ payment }: Witnessed): boolean => payment.mode === 'CPM';

/** Somebody charged the same amount again while nobody knew yet what became of this payment. */
const wasChargedAgain: Judge = ({ payment, endedAt }, all) =>
  all.some(
    ({ payment: { id, amount, createdAt } }) =>
      id !== payment.id &&
      amount === payment.amount &&
      createdAt >= payment.createdAt &&
      createdAt < endedAt,
  );

const SEEN: Readonly<Record<LessonName, Judge>> = {
  qr: (one) => isPaid(one) && !isScanned(one),
  password: (one) => isPaid(one) && isScanned(one) && one.states.includes('awaiting'),
  refused: (one) =>
    isScanned(one) && one.payment.state === 'failed' && one.payment.failure?.code === 'refused',
  lost: (one, all) => isPaid(one) && one.states.includes('unknown') && !wasChargedAgain(one, all),
  late: (one) => isPaid(one) && one.payment.late && one.states.includes('closed'),
  refund: (one) => one.payment.refunded > 0,
};

/** When each lesson was opened, wall ms; left out where it was not. */
export type Opened = Readonly<Partial<Record<LessonName, number>>>;

/** The lessons that have been done since each was opened. */
export function lessonsDone(opened: Opened, all: readonly Witnessed[]): LessonName[] {
  return LESSONS.filter((name) => {
    const from = opened[name];
    if (from === undefined) return false;
    return all.some((one) => one.payment.createdAt >= from && SEEN[name](one, all));
  });
}

/** `GET /api/practice` */
export type PracticeProgress = { readonly done: readonly LessonName[] };
