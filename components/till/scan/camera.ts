/**
 * One camera's picture, kept running in a video element. It promises to come back after the tablet
 * slept, the plug was pulled or the picture froze, and to say in one word what is in the way. It
 * looks at no picture.
 */
import { type CameraChoice, cameras, chooseCamera, chosenCamera } from './chosen-camera';
import { type Lens, LensControl, NO_LENS } from './lens';
import { borrowStream, type Facing, type Lease } from './stream';

export type CameraStatus =
  | 'starting'
  | 'running'
  | 'denied'
  | 'no-camera'
  /** Another program holds it. */
  | 'in-use'
  /** The page came over plain HTTP from another machine; browsers hide the camera there. */
  | 'insecure'
  | 'stopped';

export type CameraEvents = {
  status(status: CameraStatus): void;
  lens(lens: Lens): void;
  /** All cameras there are, and which of them is on. */
  cameras(all: readonly CameraChoice[], on: string | null): void;
};

/** A stream that ended by itself is not asked for again at once, lest the two chase each other. */
const REST_MS = 1000;
/** A picture in which time stands still so often, one look after the other, is frozen. */
const LOOK_MS = 2000;
const FROZEN_LOOKS = 3;

/** Opens when it is made and goes on until `stop`. */
export class Camera {
  private lease: Lease | null = null;
  private track: MediaStreamTrack | null = null;
  private control: LensControl | null = null;
  private opening = false;
  private stopped = false;
  private told: readonly CameraChoice[] = [];
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly looks: ReturnType<typeof setInterval>;
  private still = { at: -1, looks: 0 };

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly facing: Facing,
    private readonly events: CameraEvents,
  ) {
    document.addEventListener('visibilitychange', this.retry);
    navigator.mediaDevices?.addEventListener('devicechange', this.retry);
    this.looks = setInterval(this.look, LOOK_MS);
    void this.open();
  }

  /** What the lens offers was told; where it offers nothing there is nothing to press. */
  lens(): LensControl | null {
    return this.control;
  }

  /** Takes another camera from now on, by its id among those that were told. */
  choose(id: string): void {
    chooseCamera(this.told.find((camera) => camera.id === id) ?? null);
    this.anew();
  }

  /** Asks again where there is no picture, for instance after somebody allowed the camera. */
  readonly retry = (): void => {
    if (document.visibilityState !== 'visible' || this.stopped) return;
    this.still = { at: -1, looks: 0 };
    if (this.track?.readyState === 'live') {
      // A tablet that slept may hold a live stream and a paused picture.
      void play(this.video).catch(this.failed);
      void this.tellCameras();
      return;
    }
    this.anew();
  };

  stop(): void {
    this.stopped = true;
    clearTimeout(this.rest);
    clearInterval(this.looks);
    document.removeEventListener('visibilitychange', this.retry);
    navigator.mediaDevices?.removeEventListener('devicechange', this.retry);
    this.letGo(true);
    this.events.lens(NO_LENS);
    this.events.status('stopped');
  }

  /** Not while a browser asks somebody for leave: letting go would end the very question. */
  private anew(): void {
    if (this.opening) return;
    this.letGo(false);
    void this.open();
  }

  private async open(): Promise<void> {
    if (this.opening || this.stopped || this.lease) return;
    this.opening = true;
    this.events.status('starting');
    try {
      if (!window.isSecureContext || !navigator.mediaDevices) {
        return this.events.status('insecure');
      }
      await this.show(await this.borrow());
    } catch (fault) {
      this.failed(fault);
    } finally {
      this.opening = false;
    }
  }

  /**
   * A chosen camera may be gone: then it is whichever looks the right way. Or this browser gives
   * its cameras new ids on every page; their names are told once one of them is open.
   */
  private async borrow(): Promise<MediaStream> {
    const chosen = chosenCamera();
    try {
      return await this.lend(chosen?.id ?? null);
    } catch (fault) {
      if (chosen === null || statusOf(fault) !== 'no-camera') throw fault;
    }
    const stream = await this.lend(null);
    const all = await cameras().catch(() => []);
    const same = all.find(({ name }) => name !== '' && name === chosen.name) ?? null;
    chooseCamera(same);
    if (same === null) return stream;
    this.lease?.giveBack(false);
    return this.lend(same.id);
  }

  private lend(camera: string | null): Promise<MediaStream> {
    this.lease = borrowStream({ facing: this.facing, camera });
    return this.lease.stream;
  }

  private async show(stream: MediaStream): Promise<void> {
    if (this.stopped) return;
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new DOMException('a stream without a picture', 'NotFoundError');
    this.track = track;
    this.video.srcObject = stream;
    track.addEventListener('ended', this.ended);
    this.control = new LensControl(track, (lens) => {
      if (track === this.track) this.events.lens(lens);
    });
    await play(this.video);
    if (this.stopped) return;
    this.events.status('running');
    await this.tellCameras();
  }

  private async tellCameras(): Promise<void> {
    const on = this.track?.getSettings().deviceId ?? null;
    const all = await cameras().catch(() => []);
    this.told = all;
    if (!this.stopped) this.events.cameras(all, on);
  }

  /** Some browsers hand over a sleeper's stream as live, and no picture ever comes of it. */
  private readonly look = (): void => {
    const isWatched = document.visibilityState === 'visible' && this.track?.readyState === 'live';
    const at = this.video.currentTime;
    const looks = isWatched && at === this.still.at ? this.still.looks + 1 : 0;
    this.still = { at, looks };
    if (looks >= FROZEN_LOOKS) this.anew();
  };

  private readonly ended = ({ target }: Event): void => {
    if (target !== this.track) return;
    this.letGo(false);
    if (this.stopped) return;
    this.events.status('starting');
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.open(), REST_MS);
  };

  private readonly failed = (fault: unknown): void => {
    this.letGo(false);
    if (!this.stopped) this.events.status(statusOf(fault));
  };

  private letGo(keep: boolean): void {
    this.still = { at: -1, looks: 0 };
    this.track?.removeEventListener('ended', this.ended);
    this.lease?.giveBack(keep);
    this.lease = null;
    this.track = null;
    this.control = null;
    this.video.srcObject = null;
  }
}

/** Safari shows a black picture, or a full screen, unless all three are said. */
async function play(video: HTMLVideoElement): Promise<void> {
  video.muted = true;
  video.playsInline = true;
  video.setAttribute('playsinline', '');
  try {
    await video.play();
  } catch (fault) {
    // The element was taken away or given another stream meanwhile, which is not its trouble.
    if (!(fault instanceof DOMException && fault.name === 'AbortError')) throw fault;
  }
}

function statusOf(fault: unknown): CameraStatus {
  const name = fault instanceof DOMException ? fault.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use';
  return 'no-camera';
}
