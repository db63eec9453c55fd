/**
 * The only writer of logs: one JSON object a line, notes to stdout, warnings and errors to stderr;
 * while somebody develops, the same in a form for people. Times are UTC and say so.
 * It promises to write no field that FIELDS does not name, no value that has not its field's
 * shape, and nothing that looks like a key, a signature, a PIN, a payment code or a card.
 */
import { isDevelopment } from './env';

type LogLevel = 'info' | 'warning' | 'error';

const WORD = /^[\w.:/-]{1,64}$/;
/** Every field a line may have: its shape, or `text`, which is read for secrets instead. */
const FIELDS = {
  paymentId: WORD,
  refundId: WORD,
  /** Several payments that one question was about. */
  numbers: /^[\w,]{1,128}$/,
  saleId: WORD,
  qfpayNumber: /^\d{1,40}$/,
  payType: /^\d{6}$/,
  respcd: /^\d{1,6}$/,
  state: WORD,
  code: WORD,
  review: WORD,
  kind: WORD,
  source: WORD,
  says: WORD,
  environment: WORD,
  version: WORD,
  /** What the person saw whose call went wrong. */
  reference: /^[\w@.-]{1,40}$/,
  method: WORD,
  route: /^\/[\w.:/[\]{}-]{0,200}$/,
  staff: /^\d{1,8}$/,
  counter: /^[\p{L}\p{N} _-]{1,24}$/u,
  device: WORD,
  /** The caller's network address. */
  address: /^[\da-fA-F.:]{2,45}$/,
  status: 'number',
  /** Minor units. */
  reserved: 'number',
  refunded: 'number',
  ms: 'number',
  count: 'number',
  attempt: 'number',
  seq: 'number',
  port: 'number',
  /** What the person who reads the log should do. */
  operator: 'text',
  message: 'text',
  error: 'text',
  stack: 'text',
} as const satisfies Record<string, RegExp | 'number' | 'text'>;

type Shape = typeof FIELDS;
export type LogFields = {
  readonly [F in keyof Shape]?: (Shape[F] extends 'number' ? number : string) | null | undefined;
};

const TEXT_MAX = 2_000;
const HIDDEN = '[hidden]';
/** Keys and signatures; tokens; codes and cards (not our 26-digit numbers); anything named. */
const SECRETS: readonly RegExp[] = [
  /\b[0-9a-f]{32,}\b/gi,
  /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)*/g,
  /(?<![\w+-])(?=[a-z_+-]*\d)[\w+-]{40,}={0,2}/gi,
  /(?<!\d)\d(?:[ -]?\d){11,23}(?!\d)/g,
  /(?<=\b(?:pin|secret|password|key|token|sign|signature|cookie|auth_?code|authorization)\b["']?\s*[:=]?\s*["']?)(?!\[hidden\])(?=\S*\d)\S{4,}/gi,
];

export type LogEntry = {
  /** Wall ms UTC. */
  readonly at: number;
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
};

function cleaned(line: LogEntry): Record<string, string | number> {
  const out: Record<string, string | number> = {
    at: new Date(line.at).toISOString(),
    level: line.level,
    event: WORD.test(line.event) ? line.event : HIDDEN,
  };
  for (const [name, shape] of Object.entries(FIELDS)) {
    const value = line.fields[name as keyof Shape];
    if (value !== null && value !== undefined) out[name] = shown(value, shape);
  }
  return out;
}

/** Pure. */
export const logLine = (line: LogEntry): string => quoted(cleaned(line));

/** The same for people: the hour, what it is about, and a stack on lines of its own. Pure. */
export function humanLine(line: LogEntry): string {
  const { at, level, event, stack, ...rest } = cleaned(line);
  const fields = Object.entries(rest).map(([name, value]) => {
    const isPlain = typeof value === 'number' || /^[\w.:/,[\]{}-]+$/.test(value);
    return `${name}=${isPlain ? value : quoted(value)}`;
  });
  const told = [String(at).slice(11), String(level).padEnd(7), event, ...fields].join(' ');
  const calls = stack === undefined ? [] : String(stack).split('\n').map(printable);
  return [told, ...calls].join('\n');
}

// JSON leaves these raw, and some terminals and readers take them for the end of a line.
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
const quoted = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escaped);
const printable = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, escaped);

function shown(value: string | number, shape: RegExp | 'number' | 'text'): string | number {
  if (shape === 'number') return typeof value === 'number' ? value : HIDDEN;
  const text = String(value);
  if (shape === 'text') return withoutSecrets(text).slice(0, TEXT_MAX);
  return shape.test(text) && withoutSecrets(text) === text ? text : HIDDEN;
}

function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, HIDDEN), text);
}

function write(level: LogLevel, event: string, fields: LogFields): void {
  const form = isDevelopment() ? humanLine : logLine;
  const line = `${form({ at: Date.now(), level, event, fields })}\n`;
  (level === 'info' ? process.stdout : process.stderr).write(line);
}

export const log = {
  info: (event: string, fields: LogFields = {}): void => write('info', event, fields),
  warning: (event: string, fields: LogFields = {}): void => write('warning', event, fields),
  error: (event: string, fields: LogFields = {}): void => write('error', event, fields),
  /** Something threw that should not have. `operator` says what the reader should do. */
  fault(event: string, thrown: unknown, fields: LogFields = {}): void {
    const error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
    const stack = thrown instanceof Error ? thrown.stack?.split('\n').slice(1, 7).join('\n') : null;
    write('error', event, { ...fields, error, stack });
  },
  /** A line for the person at the console, such as the one-time set-up code. Not a log line. */
  announce(sentence: string): void {
    process.stdout.write(`${sentence}\n`);
  },
};
