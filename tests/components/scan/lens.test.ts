import { describe, expect, it } from 'vitest';
import { type Lens, LensControl } from '@/components/till/scan/lens';

/** A camera that offers these things and remembers, as browsers do, the last wishes alone. */
function camera(offers: object, refuses = false) {
  const told: unknown[] = [];
  const seen: Lens[] = [];
  const track = {
    getCapabilities: () => offers,
    getSettings: () => ({}),
    async applyConstraints(wishes?: MediaTrackConstraints) {
      if (refuses) throw new DOMException('no', 'OverconstrainedError');
      told.push(wishes?.advanced);
    },
  } as Partial<MediaStreamTrack> as MediaStreamTrack;
  const control = new LensControl(track, (lens) => seen.push(lens));
  return { control, told, last: () => seen.at(-1) };
}

const ALL = {
  torch: true,
  zoom: { min: 1, max: 8, step: 0.5 },
  focusMode: ['manual', 'single-shot', 'continuous'],
};

describe('what a camera offers', () => {
  it('is nothing where it offers nothing, and nothing is asked of it', async () => {
    const { control, told, last } = camera({});
    expect(last()).toEqual({ torch: null, zoom: null, focus: false });
    expect(told).toEqual([]);
    expect(control).toBeDefined();
  });

  it('is nothing where the browser does not say', () => {
    const seen: Lens[] = [];
    const applyConstraints = async () => undefined;
    const track = { applyConstraints } as Partial<MediaStreamTrack> as MediaStreamTrack;
    expect(new LensControl(track, (lens) => seen.push(lens))).toBeDefined();
    expect(seen).toEqual([{ torch: null, zoom: null, focus: false }]);
  });

  it('keeps it in focus from the start', async () => {
    const { told } = camera(ALL);
    await Promise.resolve();
    expect(told).toEqual([[{ focusMode: 'continuous' }]]);
  });

  it('is asked for together, because a browser forgets what is not said again', async () => {
    const { control, told, last } = camera(ALL);
    await control.setZoom(4);
    await control.setTorch(true);
    expect(told.at(-1)).toEqual([{ focusMode: 'continuous' }, { zoom: 4 }, { torch: true }]);
    expect(last()).toEqual({
      torch: true,
      zoom: { min: 1, max: 8, step: 0.5, value: 4 },
      focus: true,
    });
  });

  it('focuses once when asked, and by itself again afterwards', async () => {
    const { control, told } = camera(ALL);
    await control.focus();
    expect(told.at(-1)).toEqual([{ focusMode: 'single-shot' }]);
    await control.setTorch(true);
    expect(told.at(-1)).toEqual([{ focusMode: 'continuous' }, { torch: true }]);
  });

  it('says so when the lamp would not go on', async () => {
    const { control, last } = camera({ torch: [false, true] }, true);
    await control.setTorch(true);
    expect(last()?.torch).toBe(false);
  });
});
