/**
 * A line between the till and its gateway on which a test can do what networks do. It carries
 * bytes and understands none of them; a strike only looks for a text in what the till writes.
 * What it holds back it still delivers when told, even if the till has died meanwhile.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

type Fault =
  /** Waits here until `release`. */
  | { readonly kind: 'hold-request' | 'hold-answer' }
  /** Vanishes; the connection stays open and silent. */
  | { readonly kind: 'lose-request' | 'lose-answer' }
  /** The connection is reset before a byte reaches the gateway. */
  | { readonly kind: 'reset-request' }
  /** After so many bytes of the answer: a reset, or a polite end. */
  | { readonly kind: 'reset-answer' | 'cut-answer'; readonly after: number }
  | { readonly kind: 'late-answer'; readonly ms: number }
  /** Somebody else answers these bytes and hangs up; the gateway hears nothing. */
  | { readonly kind: 'say'; readonly bytes: string };

type StrikeOptions = {
  /** A text that the bytes from the till must hold; any bytes when left out. */
  readonly on?: string;
  /** 1 unless told; 0 until healed. */
  readonly times?: number;
};
type Strike = {
  /** How many requests it has struck. */
  readonly struck: () => number;
  /** Lets go of what it holds, now and from now on. */
  readonly release: () => void;
};

export type FaultProxy = {
  readonly url: string;
  readonly strike: (fault: Fault, options?: StrikeOptions) => Strike;
  /** The connections that stand fall silent for ever, without an end; new ones are carried. */
  readonly mute: () => void;
  /** Connections are refused, and those that stand are reset. */
  readonly refuse: () => Promise<void>;
  /** Ends every fault: what was held goes on, and connections are accepted. */
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Held = {
  readonly fault: Fault;
  readonly on: string;
  left: number;
  struck: number;
  readonly released: Promise<void>;
  readonly release: () => void;
};
type Line = {
  readonly target: { host: string; port: number };
  held: Held[];
  readonly muted: WeakSet<Socket>;
};

export async function startProxy(targetUrl: string): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(targetUrl);
  const line: Line = {
    target: { host: hostname, port: Number(targetPort) },
    held: [],
    muted: new WeakSet(),
  };
  const open = new Set<Socket>();
  const listen = async (at: number): Promise<Server> => {
    const server = createServer({ allowHalfOpen: true }, (client) => {
      open.add(client);
      client.on('close', () => open.delete(client));
      carry(line, client);
    });
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Server | null = await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refuse = async () => {
    const closed = server === null ? null : once(server, 'close');
    server?.close();
    server = null;
    for (const client of open) client.resetAndDestroy();
    await closed;
  };
  const letGo = () => {
    for (const each of line.held) each.release();
    line.held = [];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    strike: (fault, { on = '', times = 1 } = {}) => {
      const held = { fault, on, left: times === 0 ? Infinity : times, struck: 0, ...gate() };
      line.held.push(held);
      return { struck: () => held.struck, release: held.release };
    },
    mute: () => {
      for (const client of open) line.muted.add(client);
    },
    refuse,
    heal: async () => {
      letGo();
      server ??= await listen(port);
    },
    stop: async () => {
      letGo();
      await refuse();
    },
  };
}

function gate(): Pick<Held, 'released' | 'release'> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release };
}

/** The first strike that these bytes ask for, spent once. */
function struckBy(line: Line, bytes: Buffer): Held | null {
  const found = line.held.find((each) => each.left > 0 && bytes.includes(each.on)) ?? null;
  if (found === null) return null;
  found.left -= 1;
  found.struck += 1;
  return found;
}

/** One connection: what the till writes goes up, what the gateway writes comes down. */
function carry(line: Line, client: Socket): void {
  const gateway = connect(line.target);
  for (const socket of [client, gateway]) socket.setNoDelay(true).on('error', () => undefined);
  let held: Held | null = null;
  let answered = true;
  let passed = 0;
  let up = Promise.resolve();
  let down = Promise.resolve();
  client.on('data', (bytes: Buffer) => {
    if (line.muted.has(client)) return;
    if (answered) {
      held = struckBy(line, bytes);
      answered = false;
      passed = 0;
    }
    const by = held;
    up = up.then(() => sendUp(by, bytes, { client, gateway }));
  });
  gateway.on('data', (bytes: Buffer) => {
    if (line.muted.has(client)) return;
    answered = true;
    const by = held;
    const from = passed;
    passed += bytes.length;
    down = down.then(() => sendDown(by, { bytes, from }, client));
  });
  // Bytes that have left arrive, whatever became of the one who sent them.
  client.on('close', () => void up.then(() => gateway.end()));
  client.on('end', () => void up.then(() => gateway.end()));
  gateway.on('end', () => void down.then(() => line.muted.has(client) || client.end()));
  gateway.on('close', (failed) => {
    if (failed && !line.muted.has(client)) client.resetAndDestroy();
  });
}

type Ends = { readonly client: Socket; readonly gateway: Socket };

async function sendUp(by: Held | null, bytes: Buffer, { client, gateway }: Ends): Promise<void> {
  switch (by?.fault.kind) {
    case 'hold-request':
      await by.released;
      break;
    case 'lose-request':
      return;
    case 'reset-request':
      client.resetAndDestroy();
      gateway.destroy();
      return;
    case 'say':
      client.end(by.fault.bytes);
      gateway.destroy();
      return;
    default:
  }
  gateway.write(bytes);
}

type Part = { readonly bytes: Buffer; readonly from: number };

async function sendDown(by: Held | null, { bytes, from }: Part, client: Socket): Promise<void> {
  const fault = by?.fault;
  if (fault?.kind === 'lose-answer') return;
  if (fault?.kind === 'hold-answer') await by?.released;
  if (fault?.kind === 'late-answer') {
    await new Promise((resolve) => setTimeout(resolve, fault.ms));
  }
  if (fault?.kind !== 'reset-answer' && fault?.kind !== 'cut-answer') {
    client.write(bytes);
    return;
  }
  const room = fault.after - from;
  const whole = bytes.length < room;
  const leave = () => {
    if (fault.kind === 'cut-answer') client.end();
    else client.resetAndDestroy();
  };
  client.write(bytes.subarray(0, Math.max(0, room)), whole ? undefined : leave);
}
