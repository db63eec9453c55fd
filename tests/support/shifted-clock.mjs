/**
 * Loaded into a program before anything else: from here on its clocks, the one on the wall and the
 * steady one, stand elsewhere and run as fast as the test says. Timers stay real.
 */
const { TEST_CLOCK_SHIFT_MS = '0', TEST_CLOCK_SPEED = '1' } = process.env;
const shift = Number(TEST_CLOCK_SHIFT_MS);
const speed = Number(TEST_CLOCK_SPEED);

const RealDate = Date;
const steady = performance.now.bind(performance);
const start = RealDate.now();
const steadyStart = steady();
const now = () => Math.round(start + (RealDate.now() - start) * speed + shift);

performance.now = () => steadyStart + (steady() - steadyStart) * speed;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
