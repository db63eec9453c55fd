/** Which PINs are too easy to guess. Said before one is sent, and decided where it is kept. */
const PIN_FAULTS = ['six-digits', 'same-digits', 'run', 'code'] as const;
export type PinFault = (typeof PIN_FAULTS)[number];

/** Null when `pin` may be the PIN of the person with this staff code. */
export function pinFault(pin: string, staffCode: string): PinFault | null {
  if (!/^[0-9]{6}$/.test(pin)) return 'six-digits';
  if (pin === staffCode) return 'code';
  const steps = [...pin.slice(1)].map((digit, place) => stepFrom(Number(pin[place]), digit));
  const [first] = steps;
  if (steps.some((step) => step !== first)) return null;
  if (first === 0) return 'same-digits';
  return first === 1 || first === 9 ? 'run' : null;
}

/** Up from one digit to the next; after 9 comes 0, so that one down is nine up. */
const stepFrom = (digit: number, next: string): number => (Number(next) - digit + 10) % 10;
