/**
 * The sounds of a counter, made by this very device and by no file: two short rising tones for
 * money that came in, tuned to the shop, one long low one for "not paid", softer ones for the rest.
 * A browser lets a page sound only after somebody touched it; until then it stays silent.
 */
import { tabletChoice, type Volume } from './tablet';

let context: AudioContext | null = null;
const watchers = new Set<() => void>();

/** `silent`: a touch is needed first. `none`: this browser makes no sound at all. */
export type Sound = 'allowed' | 'silent' | 'none';

export function soundNow(): Sound {
  if (!('AudioContext' in globalThis)) return 'none';
  return context?.state === 'running' ? 'allowed' : 'silent';
}

/** Tells of each change; the first watcher finds out whether the browser allows it untouched. */
export function watchSound(watcher: () => void): () => void {
  watchers.add(watcher);
  prepare();
  return () => watchers.delete(watcher);
}

/** For a touch: from then on it may sound. */
export async function allowSound(): Promise<void> {
  await prepare()?.resume();
}

function prepare(): AudioContext | null {
  if (context !== null || !('AudioContext' in globalThis)) return context;
  context = new AudioContext();
  context.addEventListener('statechange', () => {
    for (const watcher of watchers) watcher();
  });
  return context;
}

/** `paid` is the shop's own; the others are the same everywhere. */
export type SoundName = 'paid' | 'unpaid' | 'doubt' | 'late' | 'tick' | 'read' | 'refused' | 'key';
type Tone = {
  readonly hz: number;
  /** From its beginning, and how long, in seconds. */
  readonly at: number;
  readonly s: number;
  /** Of the loudness that was chosen. */
  readonly soft: number;
  readonly shape?: OscillatorType;
};

const DOUBT: readonly Tone[] = [
  { hz: 587, at: 0, s: 0.07, soft: 0.5 },
  { hz: 587, at: 0.16, s: 0.07, soft: 0.5 },
];
const TONES: Readonly<Record<Exclude<SoundName, 'paid'>, readonly Tone[]>> = {
  unpaid: [{ hz: 220, at: 0, s: 0.6, soft: 1, shape: 'triangle' }],
  doubt: DOUBT,
  late: [...DOUBT, { hz: 784, at: 0.32, s: 0.12, soft: 0.5 }],
  tick: [{ hz: 440, at: 0, s: 0.05, soft: 0.3 }],
  read: [{ hz: 1760, at: 0, s: 0.04, soft: 0.6 }],
  refused: [
    { hz: 140, at: 0, s: 0.12, soft: 0.7, shape: 'square' },
    { hz: 140, at: 0.16, s: 0.12, soft: 0.7, shape: 'square' },
  ],
  key: [{ hz: 1320, at: 0, s: 0.02, soft: 0.25 }],
};

const ROOTS_HZ = [698.5, 740, 784, 830.6, 880, 932.3, 987.8, 1046.5] as const;
const STEPS = [1.25, 4 / 3, 1.5, 2] as const;
const PAID_S = 0.16;

/** Two rising tones by which a shop knows its own till from a phone that plays another's. */
export function signatureOf(shop: string): readonly [number, number] {
  let sum = 2_166_136_261;
  for (const char of shop) sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  // The lowest places know the last letter best; the others have their say as well.
  sum = (sum ^ (sum >>> 15) ^ (sum >>> 7)) >>> 0;
  const root = ROOTS_HZ[sum % ROOTS_HZ.length] ?? ROOTS_HZ[0];
  return [root, root * (STEPS[Math.trunc(sum / ROOTS_HZ.length) % STEPS.length] ?? STEPS[0])];
}

const paidTones = (shop: string): readonly Tone[] =>
  signatureOf(shop).map((hz, place) => ({ hz, at: place * PAID_S, s: PAID_S, soft: 1 }));

const LOUDNESS: Readonly<Record<Volume, number>> = { off: 0, low: 0.12, medium: 0.4, high: 0.9 };

/**
 * Silent where the browser allows no sound, or somebody chose none. `shop` tunes the sound of
 * money. `volume`: to try another one than what was chosen.
 */
export function sound(name: SoundName, shop = '', volume = tabletChoice().volume): void {
  const loudness = LOUDNESS[volume];
  if (context === null || context.state !== 'running' || loudness === 0) return;
  for (const tone of name === 'paid' ? paidTones(shop) : TONES[name]) play(context, tone, loudness);
}

const SILENCE = 0.0001;

function play(on: AudioContext, { hz, at, s, soft, shape = 'sine' }: Tone, loudness: number): void {
  const from = on.currentTime + at;
  const gain = on.createGain();
  gain.connect(on.destination);
  const tone = on.createOscillator();
  tone.type = shape;
  tone.frequency.value = hz;
  tone.connect(gain);
  // Up and down in a few milliseconds: a tone that is cut off clicks.
  gain.gain.setValueAtTime(SILENCE, from);
  gain.gain.exponentialRampToValueAtTime(loudness * soft, from + Math.min(0.01, s / 3));
  gain.gain.exponentialRampToValueAtTime(SILENCE, from + s - Math.min(0.01, s / 3));
  tone.start(from);
  tone.stop(from + s);
}

const SOUNDED = 'countertop.sounded';

/**
 * True once for each payment: a till and its second window are one device, and sound once. Who may
 * not sound leaves it to the other.
 */
export function isFirstToSound(paymentId: string): boolean {
  if (soundNow() !== 'allowed') return false;
  try {
    if (localStorage.getItem(SOUNDED) === paymentId) return false;
    localStorage.setItem(SOUNDED, paymentId);
  } catch {
    // A browser that keeps nothing has no second window of ours either.
  }
  return true;
}
