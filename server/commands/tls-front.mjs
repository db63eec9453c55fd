/**
 * HTTPS for an app that cannot serve it: hands every request to the app on a loopback port, byte
 * for byte and as it comes, event streams included. On the same port plain HTTP learns where HTTPS
 * is, and a tablet that does not trust this server yet is helped (plain-http.mjs); nothing else.
 * It keeps no connection to the app, so that no charge is ever written to one that just closed.
 */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { answerInTheClear } from './plain-http.mjs';

/** What only we may tell the app. */
const OURS = /^(forwarded|x-forwarded-.*|x-real-ip)$/i;
/** RFC 9110 §7.6.1: these speak of one connection, not of the request. */
const HOP =
  /^(connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** S02: a browser that was here once never again asks this name in the clear. */
const STRICT = ['strict-transport-security', 'max-age=31536000'];
/** That name is every other program's on this machine as well, the simulator's page among them. */
const EVERYBODYS_NAME = /^([^:]+\.)?localhost(:\d+)?$/i;

/** The first byte of TLS (RFC 8446 §5.1: a handshake record); no method of HTTP begins so. */
const HANDSHAKE = 22;
/** Who connects says something soon. */
const FIRST_WORD_MS = 10_000;

/**
 * @param {{ cert: Buffer, key: Buffer, port: number, webSockets?: boolean }} options `port` is
 * the app's, on 127.0.0.1; web sockets only serve the reload of `npm run dev`.
 */
export function createTlsFront({ cert, key, port, webSockets = false }) {
  const secure = https.createServer({ cert, key, minVersion: 'TLSv1.2' }, (request, response) => {
    const strict = EVERYBODYS_NAME.test(request.headers.host ?? '') ? [] : STRICT;
    handOver(request, response, { port, proto: 'https', more: strict });
  });
  if (webSockets) {
    secure.on('upgrade', (request, socket, head) => tunnel(port, request, { socket, head }));
  }
  const plain = http.createServer((request, response) =>
    answerInTheClear(request, response, () =>
      handOver(request, response, { port, proto: 'http', more: [] }),
    ),
  );
  return net.createServer((socket) => toOneOf({ secure, plain }, socket));
}

/** Looks at the first byte, and puts it back. */
function toOneOf({ secure, plain }, socket) {
  const leave = () => socket.destroy();
  socket.on('error', leave).setTimeout(FIRST_WORD_MS, leave);
  socket.once('readable', () => {
    const first = socket.read(1);
    // Whoever connected has gone without a word.
    if (first === null) return leave();
    socket.setTimeout(0).off('timeout', leave).off('error', leave);
    socket.unshift(first);
    (first[0] === HANDSHAKE ? secure : plain).emit('connection', socket);
  });
}

/** @param {{ port: number, proto: 'http' | 'https', more: string[] }} to */
function handOver(request, response, { port, proto, more }) {
  const { method, url } = request;
  const headers = forwarded(request, proto);
  const inner = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
  inner.on('response', (answer) => {
    const kept = withoutHops(answer.rawHeaders);
    response.writeHead(answer.statusCode, answer.statusMessage, [...kept, ...more]);
    response.flushHeaders();
    answer.on('error', () => response.destroy()).pipe(response);
  });
  inner.on('error', () =>
    response.headersSent ? response.destroy() : unavailable(response, more),
  );
  response.on('close', () => inner.destroy());
  request.on('error', () => inner.destroy()).pipe(inner);
}

function forwarded(request, proto) {
  const headers = Object.entries(request.headers).filter(([name]) => !OURS.test(name));
  const { remoteAddress } = request.socket;
  return {
    ...Object.fromEntries(headers.filter(([name]) => !HOP.test(name))),
    'x-forwarded-proto': proto,
    'x-forwarded-host': request.headers.host ?? '',
    ...(remoteAddress === undefined ? {} : { 'x-forwarded-for': remoteAddress }),
  };
}

function withoutHops(raw) {
  return raw.filter((_, index) => !HOP.test(raw[index - (index % 2)]));
}

function unavailable(response, more) {
  const headers = ['content-type', 'application/problem+json', 'cache-control', 'no-store'];
  response.writeHead(503, [...headers, ...more]);
  response.end(
    JSON.stringify({ type: 'about:blank', title: 'Starting', status: 503, code: 'starting' }),
  );
}

function tunnel(port, request, { socket, head }) {
  const inner = net.connect(port, '127.0.0.1', () => {
    const lines = request.rawHeaders.flatMap((text, index) =>
      index % 2 === 0 ? [`${text}: ${request.rawHeaders[index + 1]}`] : [],
    );
    inner.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    inner.write(head);
    inner.pipe(socket).pipe(inner);
  });
  inner.on('error', () => socket.destroy());
  socket.on('error', () => inner.destroy());
}
