/** What a learner has done, in a shop for practice: their own payments, judged by lib/practice. */
import {
  LESSONS,
  lessonsDone,
  type Opened,
  type PracticeProgress,
  type Witnessed,
} from '@/lib/practice';
import type { Parts as All, Asker, Refusal } from './answers';

/** What of the whole is needed here. */
type PracticeParts = {
  readonly env: Pick<All['env'], 'environment'>;
  readonly opened: Pick<All['opened'], 'store' | 'reads'>;
};

/** More than anybody practises at a stretch. */
const MOST_LOOKED_AT = 100;

export function createPracticeVerbs({ env, opened }: PracticeParts) {
  return {
    /** No money moves in this installation. */
    isPractice: env.environment === 'simulator',
    /** Where money moves there are no lessons. */
    practice: async (
      params: URLSearchParams,
      { person }: Pick<Asker, 'person'>,
    ): Promise<PracticeProgress | Refusal> => {
      if (env.environment !== 'simulator') return { refused: 'not-found' };
      const since = openedIn(params);
      const times = Object.values(since);
      if (times.length === 0) return { done: [] };
      const seen = await witnessed(opened, person.code, Math.min(...times));
      return { done: lessonsDone(since, seen) };
    },
  };
}

/** `?qr=1795780800000`: the lesson was opened then, wall ms. What is no time is left out. */
function openedIn(params: URLSearchParams): Opened {
  const given = LESSONS.map((name) => [name, params.get(name) ?? ''] as const);
  const times = given.filter(([, at]) => /^\d{1,15}$/.test(at));
  return Object.fromEntries(times.map(([name, at]) => [name, Number(at)]));
}

async function witnessed(
  { reads, store }: PracticeParts['opened'],
  staff: string,
  from: number,
): Promise<Witnessed[]> {
  const { payments } = await reads.page({ staff, from, after: null, limit: MOST_LOOKED_AT });
  return Promise.all(
    payments.map(async (payment) => {
      const story = await store.read.timeline(payment.id);
      const stations = story.flatMap(({ at, state }) => (state === null ? [] : [{ at, state }]));
      const changes = stations.filter(({ state }, place) => state !== stations[place - 1]?.state);
      const states = changes.map(({ state }) => state);
      return { payment, states, endedAt: changes.at(-1)?.at ?? payment.createdAt };
    }),
  );
}
