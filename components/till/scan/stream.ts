/**
 * The page's one camera stream, lent to whoever shows it. It promises that the camera is asked for
 * once, that the next sale finds it running, and that it is let go a minute after the last one who
 * looked, at once when somebody closes it or leaves the page.
 */
export type Facing = 'environment' | 'user';
export type Wish = {
  readonly facing: Facing;
  /** A camera that somebody chose; the facing says which where there is none. */
  readonly camera: string | null;
};

export type Lease = {
  /** Rejects as getUserMedia does. */
  readonly stream: Promise<MediaStream>;
  /** `keep`: the next sale may want it. */
  giveBack(keep: boolean): void;
};

type Lent = {
  readonly key: string;
  readonly stream: Promise<MediaStream>;
  /** Once it is there. */
  opened: MediaStream | null;
  users: number;
  rest: ReturnType<typeof setTimeout> | undefined;
};

/** From one customer to the next; longer would only warm the tablet. */
const KEPT_MS = 60_000;

let lent: Lent | null = null;
/** Somebody pressed *close*: what is given back next is not kept. */
let closing = false;

export function borrowStream(wish: Wish): Lease {
  closing = false;
  const key = wish.camera ?? wish.facing;
  if (lent === null || lent.key !== key || hasEnded(lent)) lent = ask(key, wish);
  const mine = lent;
  clearTimeout(mine.rest);
  mine.users += 1;
  return {
    stream: mine.stream,
    giveBack(keep) {
      mine.users -= 1;
      if (mine.users > 0) return;
      if (!keep || closing || mine !== lent || document.visibilityState !== 'visible') end(mine);
      else mine.rest = setTimeout(() => end(mine), KEPT_MS);
    },
  };
}

/** The camera goes dark now, or as soon as who shows it has gone. */
export function closeStream(): void {
  closing = true;
  if (lent?.users === 0) end(lent);
}

function ask(key: string, wish: Wish): Lent {
  if (lent !== null) end(lent);
  document.addEventListener('visibilitychange', letGoUnseen);
  const asked: Lent = {
    key,
    stream: navigator.mediaDevices.getUserMedia(constraintsOf(wish)),
    opened: null,
    users: 0,
    rest: undefined,
  };
  asked.stream.then(
    (stream) => {
      asked.opened = stream;
      // Somebody looked for another camera, or left, while this one was opening.
      if (asked !== lent) stopTracks(stream);
    },
    () => {
      if (asked === lent) lent = null;
    },
  );
  return asked;
}

const hasEnded = ({ opened }: Lent): boolean =>
  opened?.getVideoTracks().every(({ readyState }) => readyState === 'ended') ?? false;

function end(one: Lent): void {
  clearTimeout(one.rest);
  if (one === lent) lent = null;
  if (one.opened !== null) stopTracks(one.opened);
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function letGoUnseen(): void {
  if (document.visibilityState !== 'visible' && lent?.users === 0) end(lent);
}

/** As many pixels as it has: a small code is told apart by pixels, not by cleverness. */
const constraintsOf = ({ facing, camera }: Wish): MediaStreamConstraints => ({
  audio: false,
  video: {
    ...(camera === null ? { facingMode: { ideal: facing } } : { deviceId: { exact: camera } }),
    width: { ideal: 1920 },
    height: { ideal: 1080 },
  },
});
