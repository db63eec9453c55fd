/** When a server that has not the lease may write: what it was told of, it looks for itself. */
import type { Life, Loop } from './loop';
import { isWindow, type Sent } from './wire';

/** At once and three times more; what was not answered is asked again after 20 s. */
const LOOKS = 4;
const LOOKING_MS = 60_000;
/** A look over the end of a month is two windows. */
const ONE_LOOK_MS = 10_000;
/**
 * Until when what a server writes may come of its looks, how many of them are to come, and when the
 * last one began.
 */
type Looking = {
  readonly since: number;
  readonly until: number;
  readonly owed: number;
  readonly beganAt: number;
};
const NOT_LOOKING: Looking = { since: 0, until: 0, owed: 0, beganAt: Number.NEGATIVE_INFINITY };

/**
 * A server that heard of what nobody knows looks for itself, lease or not. It is no watch that lost
 * its lease: a person or a notification made it look, as it makes it ask.
 */
export function makeLooks(loop: Loop) {
  const looking = new Map<string, Looking>();
  const underway = new WeakSet<Sent>();
  const lookOf = ({ name }: Life): Looking => looking.get(name) ?? NOT_LOOKING;
  const isLooking = (life: Life) => {
    const { since, until } = lookOf(life);
    const { frozenAt, frozenUntil } = life;
    // Whoever slept in the middle of it goes on where they were.
    const slept = since <= frozenAt && frozenAt < until ? frozenUntil - frozenAt : 0;
    return until + slept > loop.now();
  };
  const owedBy = (life: Life): number => lookOf(life).owed;
  const look = (life: Life, owed = LOOKS, beganAt = lookOf(life).beganAt): unknown => {
    const since = loop.now();
    return looking.set(life.name, { since, until: since + LOOKING_MS, owed, beganAt });
  };
  /** A further page, or the other month, belongs to the look that began. */
  const goesOn = (life: Life, { params }: Sent): boolean =>
    Number(params.get('page') ?? 1) > 1 || loop.now() - lookOf(life).beganAt < ONE_LOOK_MS;
  return {
    isLooking,
    /** It was told of a number that it does not know, and may look for it. */
    onUnknown: (life: Life): unknown => look(life),
    /**
     * A question somebody had asked showed money gone back and led to a window: what it did not
     * show is looked for later. A look that was not answered is made again, however often, and
     * lasts for as long as each number it showed is asked about.
     */
    onSend(life: Life, sent: Sent, asked: boolean): void {
      const owed = owedBy(life);
      if (!isWindow(sent)) {
        if (sent.endpoint === 'query' && !asked && isLooking(life)) look(life, owed);
      } else if (asked) look(life);
      // A look for which no call came free waits for as long as QFPay turns everybody away.
      else if (owed > 0 || isLooking(life)) {
        if (goesOn(life, sent)) look(life, owed);
        else look(life, Math.max(0, owed - 1), loop.now());
        underway.add(sent);
      }
    },
    onHeard(life: Life, sent: Sent, fully: boolean): void {
      if (underway.delete(sent) && !fully) look(life, owedBy(life) + 1);
    },
  };
}
