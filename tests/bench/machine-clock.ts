/** Real time for what is measured in real time. */
import type { Clock } from '@/server/payments/ports';

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export const MACHINE_CLOCK: Clock = {
  wall: () => Date.now(),
  steady: () => Math.round(performance.timeOrigin + performance.now()),
  sleep: pause,
};
