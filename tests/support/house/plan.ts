/**
 * The plan of the house. A room opens onto the rooms listed beside it and uses the packages that
 * match, and nothing else. To change the plan, change this table and say why in the commit.
 */
import { type Import, importsOf, type Rule, type Source } from './source';

type Room = { readonly opensOnto: readonly string[]; readonly packages: RegExp };

const SCREEN = /^(react|react-dom|next\/(link|navigation|dynamic)|@tanstack\/react-query|qrcode)$/;
const SCANNER = /^(@zxing\/(browser|library)|zxing-wasm(\/.+)?)$/;
/** On the reports' own page alone, by next/dynamic. */
const CHARTS = /^recharts$/;
const ALL_OF_SERVER = ['payments', 'qfpay', 'store', 'staff', 'reports'].map((n) => `server/${n}`);

const PLAN: Readonly<Record<string, Room>> = {
  lib: { opensOnto: [], packages: /^zod$/ },
  'server/payments': { opensOnto: ['lib'], packages: /^$/ },
  'server/qfpay': { opensOnto: ['lib', 'server/payments'], packages: /^(zod|node:crypto)$/ },
  'server/store': {
    opensOnto: ['lib', 'server/payments', 'server/staff', 'server/reports'],
    packages: /^(kysely|pg|@photostructure\/sqlite|node:(sqlite|fs|path|crypto|module))$/,
  },
  'server/staff': {
    opensOnto: ['lib'],
    packages: /^(next-auth(\/.+)?|node:(crypto|fs|path|util))$/,
  },
  'server/reports': { opensOnto: ['lib'], packages: /^node:(zlib|stream)$/ },
  'server/simulator': { opensOnto: ['lib'], packages: /^(qrcode|node:.+)$/ },
  'server/commands': {
    opensOnto: ['lib', 'server', ...ALL_OF_SERVER, 'server/simulator', 'tests'],
    packages: /^node:/,
  },
  server: {
    opensOnto: ['lib', ...ALL_OF_SERVER],
    packages: /^(server-only|node:(crypto|fs|net|os|path|url))$/,
  },
  'components/ui': { opensOnto: ['lib'], packages: SCREEN },
  // What till, desk and display stand on: one way to the server, one cache, one stream.
  'components/live': { opensOnto: ['lib', 'components/ui'], packages: SCREEN },
  'components/till': {
    opensOnto: ['lib', 'components/ui', 'components/live'],
    packages: new RegExp(`${SCREEN.source}|${SCANNER.source}`),
  },
  'components/desk': {
    opensOnto: ['lib', 'components/ui', 'components/live'],
    packages: new RegExp(`${SCREEN.source}|${CHARTS.source}`),
  },
  'components/display': {
    opensOnto: ['lib', 'components/ui', 'components/live'],
    packages: SCREEN,
  },
  app: {
    opensOnto: [
      'lib',
      'server',
      ...['ui', 'live', 'till', 'desk', 'display'].map((n) => `components/${n}`),
    ],
    packages: /^(next|react|react-dom|next-auth|server-only|zod)(\/.+)?$/,
  },
  // What browsers fetch as it is.
  public: { opensOnto: [], packages: /^$/ },
  tests: { opensOnto: ['*'], packages: /./ },
};

/** Files of `app` and of nobody that tools must find at the root. */
const AT_ROOT: Readonly<Record<string, 'app' | 'tool'>> = {
  'instrumentation.ts': 'app',
  'proxy.ts': 'app',
  'next.config.ts': 'tool',
  'tailwind.config.ts': 'tool',
};
const TOOL_PACKAGES = /^(next|tailwindcss(\/plugin)?|node:.+)$/;

/** Whoever comes `from` there goes `into` that room by its `door` alone. */
const DOORS: readonly { from: RegExp; into: RegExp; door: RegExp }[] = [
  {
    from: /^(app\/|instrumentation\.ts|proxy\.ts)/,
    into: /^server\b/,
    door: /^server\/runtime$/,
  },
  {
    from: /^server\/(qfpay|store)\//,
    into: /^server\/payments\b/,
    door: /^server\/payments\/ports$/,
  },
  { from: /^server\/store\//, into: /^server\/staff\b/, door: /^server\/staff\/ports$/ },
  { from: /^server\/store\//, into: /^server\/reports\b/, door: /^server\/reports\/ports$/ },
];

/** What one file may use beyond its room. */
const EXCEPTIONS: readonly { file: RegExp; packages: RegExp }[] = [
  // The exactly one place that calls the gateway.
  { file: /^server\/qfpay\/transport\.ts$/, packages: /^node:https?$/ },
  // The one place that looks at a request before Next.js does.
  { file: /^server\/first-look\.ts$/, packages: /^node:(diagnostics_channel|http)$/ },
  // Node.js can check certificates and cannot make one.
  { file: /^server\/commands\/authority\.ts$/, packages: /^node-forge$/ },
  { file: /^server\/commands\/(certificate|live)\.ts$/, packages: /^qrcode$/ },
  // Asks for a browser of its own, after everything is installed.
  { file: /^server\/commands\/browser\.mjs$/, packages: /^playwright$/ },
];

/** The deepest room that a path lies in; `server` itself is only its own files. */
function roomOf(file: string): string | null {
  const atRoot = AT_ROOT[file] ?? AT_ROOT[`${file}.ts`];
  if (atRoot !== undefined) return atRoot;
  const rooms = Object.keys(PLAN).filter((room) => `${file}/`.startsWith(`${room}/`));
  const room = rooms.sort((a, b) => b.length - a.length)[0] ?? null;
  return room === 'server' && file.split('/').length > 2 ? null : room;
}

const WINGS_OF_TESTS =
  /^tests\/((lib|server|app|components|simulation|processes|e2e|bench|support)\/|(house|faults|docs|security)\.test\.ts$|(vitest|playwright)\.config\.m?ts$)/;

export const livesInARoom: Rule = ({ file }) => {
  const room = file.startsWith('tests/') && !WINGS_OF_TESTS.test(file) ? null : roomOf(file);
  return room === null ? [`${file} is in no room of the plan`] : [];
};

export const opensOntoItsNeighbours: Rule = (source) => {
  const room = roomOf(source.file);
  if (room === null) return [];
  return importsOf(source).flatMap((asked) =>
    asked.ours ? wayWrong(source, room, asked) : packageWrong(source, room, asked),
  );
};

function packageWrong({ file }: Source, room: string, { name }: Import): string[] {
  const allowed = room === 'tool' ? TOOL_PACKAGES : PLAN[room]?.packages;
  const excepted = EXCEPTIONS.some((each) => each.file.test(file) && each.packages.test(name));
  return allowed?.test(name) || excepted ? [] : [`${file} uses the package ${name}`];
}

function wayWrong({ file }: Source, room: string, { name }: Import): string[] {
  const to = roomOf(name);
  if (to === null) return [`${file} imports ${name}, which is in no room`];
  const opens = PLAN[room]?.opensOnto ?? [];
  // Commands in plain JavaScript run before anything is installed, so only with each other.
  const bare = file.startsWith('server/commands/') && file.endsWith('.mjs');
  const mayGo = to === room || (!bare && (opens.includes(to) || opens.includes('*')));
  if (!mayGo) return [`${file} reaches into ${name}`];
  if (to === room) return [];
  const door = DOORS.find((each) => each.from.test(file) && each.into.test(name));
  return door === undefined || door.door.test(name) ? [] : [`${file} must not come in by ${name}`];
}
