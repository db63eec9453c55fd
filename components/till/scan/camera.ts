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

export type Camera = {
  setTorch(on: boolean): void;
  /** Asks again, for instance after somebody allowed the camera. */
  retry(): void;
  stop(): void;
};

/** A stream that ended by itself is not asked for again at once, lest the two chase each other. */
const REST_MS = 1000;

export function openCamera(video: HTMLVideoElement, facing: Facing, events: CameraEvents): Camera {
  let stream: MediaStream | null = null;
  let opening = false;
  let stopped = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const open = async (): Promise<void> => {
    if (opening || stopped || stream) return;
    opening = true;
    events.status('starting');
    try {
      if (!window.isSecureContext || !navigator.mediaDevices) return events.status('insecure');
      const found = await navigator.mediaDevices.getUserMedia(wish(facing));
      if (stopped) return letGo(found);
      stream = found;
      video.srcObject = found;
      const track = found.getVideoTracks()[0];
      track?.addEventListener('ended', ended);
      events.torch(track && hasTorch(track) ? false : null);
      await play(video);
      if (!stopped) events.status('running');
    } catch (fault) {
      if (!stopped) events.status(statusOf(fault));
    } finally {
      opening = false;
    }
  };

  const close = (): void => {
    if (stream) letGo(stream);
    stream = null;
    video.srcObject = null;
  };

  const ended = (): void => {
    close();
    if (stopped) return;
    events.status('starting');
    clearTimeout(rest);
    rest = setTimeout(() => void open(), REST_MS);
  };

  const look = (): void => {
    if (document.visibilityState !== 'visible' || stopped) return;
    const track = stream?.getVideoTracks()[0];
    if (track?.readyState === 'live') void play(video);
    else {
      close();
      void open();
    }
  };

  document.addEventListener('visibilitychange', look);
  navigator.mediaDevices?.addEventListener('devicechange', look);
  void open();
  return {
    setTorch(on) {
      const track = stream?.getVideoTracks()[0];
      if (track && hasTorch(track)) void light(track, on).then(events.torch);
    },
    retry: look,
    stop() {
      stopped = true;
      clearTimeout(rest);
      document.removeEventListener('visibilitychange', look);
      navigator.mediaDevices?.removeEventListener('devicechange', look);
      close();
      events.torch(null);
      events.status('stopped');
    },
  };
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

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
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
