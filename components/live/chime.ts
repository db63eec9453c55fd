/**
 * The sound of money that came in: two short rising tones, made by this very device. A browser lets
 * a page sound only after somebody touched it; until then it says so and stays silent.
 */
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

const TONES_HZ = [880, 1318.5] as const;
const TONE_S = 0.16;
const LOUDNESS = 0.4;

/** Silent where the browser allows no sound. */
export function chime(): void {
  if (context === null || context.state !== 'running') return;
  const gain = context.createGain();
  gain.connect(context.destination);
  for (const [place, hz] of TONES_HZ.entries()) {
    const tone = context.createOscillator();
    const from = context.currentTime + place * TONE_S;
    tone.frequency.value = hz;
    tone.connect(gain);
    // Up and down in a few milliseconds: a tone that is cut off clicks.
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + TONE_S - 0.01);
    tone.start(from);
    tone.stop(from + TONE_S);
  }
}
