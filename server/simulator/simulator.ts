/**
 * A stand-in for QFPay in a process of its own, so that a shop can be tried and tested without
 * anybody's money. It behaves as protocol.md §12 says, shares no code with the product but its
 * words, and calls nobody except the notification address that it was given.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Account, makeAccount } from './accounts';
import { makeClock, type SimClock } from './clock';
import { answerBytes } from './door/answering';
import { handleControl } from './door/control';
import { makeNotifier } from './door/notifier';
import { handleTrade } from './door/trade';
import { handleWallet } from './door/wallet';
import type { Works } from './door/works';
import type { Times } from './gateway/decide';
import { makeGateway } from './gateway/gateway';
import { htmlAnswer } from './gateway/raw';
import { type Model, makeModel } from './model/model';
import type { Settings } from './settings';

export type SimulatorOptions = {
  /** 0 takes any free one. */
  readonly port: number;
  readonly host: string;
  readonly accounts?: readonly Account[];
  readonly settings?: Settings;
  /** Real time, ms UTC; the simulator's own clock starts from it. */
  readonly clock?: () => number;
  readonly speed?: number;
  /** Of payment codes; by default the time of the start, so that none comes twice. */
  readonly seed?: number;
  readonly quiet?: boolean;
};
export type Simulator = {
  readonly url: string;
  readonly model: Model;
  readonly clock: SimClock;
  /** Ends every connection at once. */
  stop(): Promise<void>;
};

const LONGEST_NAP = 1000;

/** Wakes the model when something is due: the only timer of the simulator. */
function makeAlarm(works: Omit<Works, 'moved' | 'notifier'>, send: () => void) {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const ring = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (stopped) return;
    works.model.advance(works.clock.now());
    send();
    const due = works.model.nextDue();
    const wait = due === null ? LONGEST_NAP : works.clock.realUntil(due);
    timer = setTimeout(ring, Math.min(wait, LONGEST_NAP));
    timer.unref();
  };
  const stop = () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
  };
  return { ring, stop };
}

function assemble(options: SimulatorOptions): { works: Works; stop: () => void } {
  const real = options.clock ?? Date.now;
  const clock = makeClock(real, options.speed ?? 1);
  const model = makeModel({
    accounts: options.accounts ?? [makeAccount()],
    seed: options.seed ?? real() % 0x100000000,
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  const gateway = makeGateway(model);
  const times = (): Times => ({ now: clock.now(), steady: performance.now() });
  const alarm = makeAlarm({ model, gateway, clock, times }, () => void notifier.sendDue());
  const notifier = makeNotifier(model, clock.now, alarm.ring);
  return {
    works: { model, gateway, clock, notifier, times, moved: alarm.ring },
    stop: alarm.stop,
  };
}

async function route(
  works: Works,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://simulator').pathname;
  if (path.startsWith('/trade/')) return handleTrade(works, request, response);
  if (path.startsWith('/control/')) return handleControl(works, request, response);
  if (path === '/wallet' || path.startsWith('/wallet/')) {
    return handleWallet(works, request, response);
  }
  if (path === '/') {
    response.writeHead(302, { Location: '/wallet' }).end();
    return;
  }
  answerBytes(response, htmlAnswer(404, works.clock.now()));
}

function listen(server: Server, options: SimulatorOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });
}

const inUrl = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { works, stop } = assemble(options);
  const server = createServer((request, response) => {
    route(works, request, response).catch((error: unknown) => {
      if (options.quiet !== true) console.error(error);
      response.destroy();
    });
  });
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server, options);
  works.moved();
  return {
    url: `http://${inUrl(options.host)}:${port}`,
    model: works.model,
    clock: works.clock,
    stop: () =>
      new Promise((resolve) => {
        stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
