/**
 * A command as a guest of the running server: it signs in and knocks at the doors like a tablet, so
 * that the one server that writes stays the one. What it sends goes to this machine's own server
 * and to no other: behind HTTPS it wants the very certificate that the settings name.
 */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import type { Environment } from '@/server/env';
import { reachable } from '@/server/env-address';

/** A door answers when QFPay has answered, or its time-out has passed. */
const WAIT_MS = 30_000;

export type Place = Pick<Environment, 'host' | 'port' | 'tls'>;
/** `silent`: nobody knows whether the server heard us. */
export type Reply =
  | { readonly kind: 'answered' | 'refused'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'silent'; readonly why: string };
type Sent = { readonly body?: unknown; readonly key?: string };

export type Guest = {
  readonly address: string;
  call(method: 'GET' | 'POST', path: string, sent?: Sent): Promise<Reply>;
  /** Null when it is done; else why not, in a word. */
  signIn(staffCode: string, pin: string): Promise<string | null>;
  signOut(): Promise<void>;
};

type Letter = { readonly type?: string; readonly body?: string; readonly key?: string };
type Send = (
  method: string,
  path: string,
  letter?: Letter,
) => Promise<{ readonly status: number; readonly told: string }>;

export function guestOf(place: Place): Guest {
  const { address, send } = senderTo(place);
  const form = async (path: string, fields: Readonly<Record<string, string>>) => {
    const { csrfToken } = Object(parsed((await send('GET', '/api/auth/csrf')).told));
    const body = new URLSearchParams({ ...fields, csrfToken: String(csrfToken), json: 'true' });
    return send('POST', path, {
      type: 'application/x-www-form-urlencoded',
      body: body.toString(),
    });
  };
  return {
    address,
    async call(method, path, { body, key } = {}) {
      const letter = {
        ...(body === undefined ? {} : { type: 'application/json', body: JSON.stringify(body) }),
        ...(key === undefined ? {} : { key }),
      };
      try {
        const { status, told } = await send(method, path, letter);
        const json = parsed(told);
        // Whatever is no JSON was not said by a door of ours.
        const kind = status < 300 && json !== null ? 'answered' : 'refused';
        return { kind, status, body: json };
      } catch (error) {
        return { kind: 'silent', why: wordOf(error) };
      }
    },
    async signIn(staffCode, pin) {
      try {
        const { status, told } = await form('/api/auth/callback/staff', { staffCode, pin });
        return status === 200 ? null : refusalIn(told);
      } catch (error) {
        return wordOf(error);
      }
    },
    async signOut() {
      // Whoever is gone has signed out as well.
      await form('/api/auth/signout', {}).catch(() => null);
    },
  };
}

function parsed(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch {
    return null;
  }
}

/** next-auth says why in an address that it would lead a browser to. */
function refusalIn(told: string): string {
  const url = String(Object(parsed(told)).url);
  const why = URL.canParse(url) ? new URL(url).searchParams.get('error') : null;
  return why === null || why === 'CredentialsSignin' ? 'wrong code or PIN' : why;
}

/** Each call on a line of its own, with the cookies of the ones before. */
function senderTo(place: Place): { readonly address: string; readonly send: Send } {
  const host = reachable(place.host);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${place.port}`;
  const address = `${place.tls === null ? 'http' : 'https'}://${authority}`;
  const cookies = new Map<string, string>();
  const send: Send = async (method, path, { type, body = '', key } = {}) => {
    const socket = await lineTo(place, host);
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = http.request({
      ...{ createConnection: () => socket, method, path, timeout: WAIT_MS },
      headers: {
        ...{ host: authority, origin: address, accept: 'application/json', connection: 'close' },
        ...(jar === '' ? {} : { cookie: jar }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        'content-length': String(Buffer.byteLength(body)),
      },
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [http.IncomingMessage];
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return { status: answer.statusCode ?? 0, told: await text(answer) };
  };
  return { address, send };
}

const wordOf = (error: unknown): string => {
  const code = Reflect.get(Object(error), 'code');
  return typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
};

async function lineTo({ port, tls: files }: Place, host: string): Promise<net.Socket> {
  if (files === null) {
    const socket = net.connect(port, host);
    await once(socket, 'connect');
    return socket;
  }
  // A private authority is in no list of this machine, so the certificate itself is compared.
  const socket = tls.connect({ host, port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const wanted = new X509Certificate(readFileSync(files.cert)).fingerprint256;
  if (socket.getPeerX509Certificate()?.fingerprint256 === wanted) return socket;
  socket.destroy();
  throw new Error('another certificate than TLS_CERT');
}
