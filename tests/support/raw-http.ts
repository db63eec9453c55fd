/** Requests that no client would send, written to the connection as they stand. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type RawAnswer = {
  /** 0: the line was closed without a word. */
  readonly status: number;
  /** By name in small letters; of a name that came twice, the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** `lines` without the last empty one; `{host}` stands for this server. Waits for the end. */
export async function say(
  till: string,
  lines: readonly string[],
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const line = await aLine(till);
  const heard: Buffer[] = [];
  line.on('data', (piece: Buffer) => heard.push(piece));
  line.on('error', () => line.destroy());
  line.write(`${lines.join('\r\n').replace('{host}', new URL(till).host)}\r\n\r\n`);
  line.write(body);
  await new Promise((resolve) => line.on('close', resolve));
  return read(Buffer.concat(heard).toString('latin1'));
}

export async function aLine(till: string): Promise<Socket> {
  const { hostname, port } = new URL(till);
  const line = connect(Number(port), hostname);
  await once(line, 'connect');
  return line;
}

/** GET with these further lines; the server closes when it has answered. */
export const get = (till: string, target: string, ...lines: readonly string[]) =>
  say(till, [`GET ${target} HTTP/1.1`, 'Host: {host}', 'Connection: close', ...lines]);

function read(all: string): RawAnswer {
  const [head = '', ...rest] = all.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field) => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
  });
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  return { status, headers: Object.fromEntries(headers), text: rest.join('\r\n\r\n') };
}
