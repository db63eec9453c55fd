/**
 * What a camera offers beside its picture: a lamp, zoom, focus. All of it is in the image-capture
 * specification, which few browsers have whole and the page's types leave out; what a camera does
 * not offer is null here, and nothing ever fails for it.
 */
export type Zoom = {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
};

export type Lens = {
  /** Whether the lamp is on. */
  readonly torch: boolean | null;
  readonly zoom: Zoom | null;
  /** It can be told to focus anew; it does so by itself as well. */
  readonly focus: boolean;
};

export const NO_LENS: Lens = { torch: null, zoom: null, focus: false };

type Wishes = {
  readonly torch?: boolean;
  readonly zoom?: number;
  readonly focusMode?: 'continuous' | 'single-shot';
};

/** The lens of one track. Wishes are told together: a browser forgets what is not said again. */
export class LensControl {
  private wishes: Wishes = {};

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly changed: (lens: Lens) => void,
  ) {
    if (this.offers('focusMode', 'continuous')) void this.wish({ focusMode: 'continuous' });
    else this.tell();
  }

  setTorch(on: boolean): Promise<void> {
    return this.wish({ torch: on });
  }

  setZoom(zoom: number): Promise<void> {
    return this.wish({ zoom });
  }

  async focus(): Promise<void> {
    const { focusMode, ...rest } = this.wishes;
    await this.wish({ focusMode: 'single-shot' });
    // From there on by itself again, once it has found its place.
    this.wishes = focusMode === undefined ? rest : { ...rest, focusMode };
  }

  private async wish(more: Wishes): Promise<void> {
    const before = this.wishes;
    this.wishes = { ...before, ...more };
    const each = Object.entries(this.wishes).map(([name, value]) => ({ [name]: value }));
    try {
      await this.track.applyConstraints({ advanced: each });
    } catch {
      this.wishes = before;
    }
    this.tell();
  }

  private tell(): void {
    this.changed({
      torch: this.offers('torch', true) ? this.wishes.torch === true : null,
      zoom: this.zoom(),
      focus: this.offers('focusMode', 'single-shot'),
    });
  }

  private zoom(): Zoom | null {
    const range: unknown = this.capability('zoom');
    if (typeof range !== 'object' || range === null) return null;
    const [min, max, step] = ['min', 'max', 'step'].map((name) => numberIn(range, name));
    if (min === undefined || max === undefined || max <= min) return null;
    const now = this.wishes.zoom ?? numberIn(this.track.getSettings(), 'zoom') ?? min;
    return { min, max, step: step || (max - min) / 20, value: Math.min(Math.max(now, min), max) };
  }

  /** Browsers answer one value or a list of them. */
  private offers(name: string, value: unknown): boolean {
    const has: unknown = this.capability(name);
    return has === value || (Array.isArray(has) && has.includes(value));
  }

  private capability(name: string): unknown {
    // Firefox did not know getCapabilities for long.
    if (!('getCapabilities' in this.track)) return undefined;
    return Reflect.get(this.track.getCapabilities(), name);
  }
}

function numberIn(of: object, name: string): number | undefined {
  const value: unknown = Reflect.get(of, name);
  return typeof value === 'number' ? value : undefined;
}
