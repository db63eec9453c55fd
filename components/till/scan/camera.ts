/**
 * One camera stream, kept running in a video element. It promises to ask once, to come back after
 * the tablet slept or the plug was pulled, to let go of the camera when stopped, and to say in
 * one word what is in the way. It looks at no picture.
 */
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

export type Facing = 'environment' | 'user';

export type CameraEvents = {
  status(status: CameraStatus): void;
  /** Whether the lamp is on; null when this camera has none. */
  torch(on: boolean | null): void;
};

/** A stream that ended by itself is not asked for again at once, lest the two chase each other. */
const REST_MS = 1000;

/** Opens when it is made and goes on until `stop`. */
export class Camera {
  private stream: MediaStream | null = null;
  private opening = false;
  private stopped = false;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly facing: Facing,
    private readonly events: CameraEvents,
  ) {
    document.addEventListener('visibilitychange', this.retry);
    navigator.mediaDevices?.addEventListener('devicechange', this.retry);
    void this.open();
  }

  setTorch(on: boolean): void {
    const track = this.track();
    if (track && hasTorch(track)) void light(track, on).then(this.events.torch);
  }

  /** Asks again where there is no picture, for instance after somebody allowed the camera. */
  readonly retry = (): void => {
    if (document.visibilityState !== 'visible' || this.stopped) return;
    if (this.track()?.readyState === 'live') {
      // A tablet that slept may hold a live stream and a paused picture.
      void play(this.video).catch(this.failed);
      return;
    }
    this.letGo();
    void this.open();
  };

  stop(): void {
    this.stopped = true;
    clearTimeout(this.rest);
    document.removeEventListener('visibilitychange', this.retry);
    navigator.mediaDevices?.removeEventListener('devicechange', this.retry);
    this.letGo();
    this.events.torch(null);
    this.events.status('stopped');
  }

  private async open(): Promise<void> {
    if (this.opening || this.stopped || this.stream) return;
    this.opening = true;
    this.events.status('starting');
    try {
      if (!window.isSecureContext || !navigator.mediaDevices) {
        return this.events.status('insecure');
      }
      await this.show(await navigator.mediaDevices.getUserMedia(wish(this.facing)));
    } catch (fault) {
      this.failed(fault);
    } finally {
      this.opening = false;
    }
  }

  private async show(stream: MediaStream): Promise<void> {
    this.stream = stream;
    if (this.stopped) return this.letGo();
    this.video.srcObject = stream;
    const track = this.track();
    track?.addEventListener('ended', this.ended);
    this.events.torch(track && hasTorch(track) ? false : null);
    await play(this.video);
    if (!this.stopped) this.events.status('running');
  }

  private readonly ended = ({ target }: Event): void => {
    if (target !== this.track()) return;
    this.letGo();
    if (this.stopped) return;
    this.events.status('starting');
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.open(), REST_MS);
  };

  private readonly failed = (fault: unknown): void => {
    if (!this.stopped) this.events.status(statusOf(fault));
  };

  private letGo(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  private track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }
}

/** As many pixels as it has: a small code is told apart by pixels, not by cleverness. */
const wish = (facing: Facing): MediaStreamConstraints => ({
  audio: false,
  video: {
    facingMode: { ideal: facing },
    width: { ideal: 1920 },
    height: { ideal: 1080 },
  },
});

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

function hasTorch(track: MediaStreamTrack): boolean {
  // Firefox does not know getCapabilities; browsers answer a truth or, newer, a list of them.
  if (!('getCapabilities' in track)) return false;
  const torch: unknown = Reflect.get(track.getCapabilities(), 'torch');
  return torch === true || (Array.isArray(torch) && torch.includes(true));
}

async function light(track: MediaStreamTrack, on: boolean): Promise<boolean> {
  // The lamp is in the image-capture specification, which the page's types leave out.
  const lamp: MediaTrackConstraintSet & { readonly torch: boolean } = { torch: on };
  try {
    await track.applyConstraints({ advanced: [lamp] });
    return on;
  } catch {
    return !on;
  }
}
