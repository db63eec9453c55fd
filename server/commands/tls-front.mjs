/**
 * HTTPS for an app that cannot serve it: hands every request to the app on a loopback port, byte
 * for byte and as it comes, event streams included. Plain HTTP finds no ear here. It keeps no
 * connection to the app for later, so that no charge is ever written to one that just closed.
 */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

/** What only we may tell the app. */
const OURS = /^(forwarded|x-forwarded-.*|x-real-ip)$/i;
/** RFC 9110 §7.6.1: these speak of one connection, not of the request. */
const HOP =
  /^(connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** S02: a browser that was here once never again asks this name in the clear. */
const STRICT = ['strict-transport-security', 'max-age=31536000'];

/**
 * @param {{ cert: Buffer, key: Buffer, port: number, webSockets?: boolean }} options `port` is
 * the app's, on 127.0.0.1; web sockets only serve the reload of `npm run dev`.
 */
export function createTlsFront({ cert, key, port, webSockets = false }) {
  const server = https.createServer({ cert, key, minVersion: 'TLSv1.2' }, (request, response) => {
    const { method, url } = request;
    const headers = forwarded(request);
    const inner = http.request({
      host: '127.0.0.1',
      port,
      method,
      path: url,
      headers,
      agent: false,
    });
    inner.on('response', (answer) => {
      const kept = withoutHops(answer.rawHeaders);
      response.writeHead(answer.statusCode, answer.statusMessage, [...kept, ...STRICT]);
      response.flushHeaders();
      answer.on('error', () => response.destroy()).pipe(response);
    });
    inner.on('error', () => (response.headersSent ? response.destroy() : unavailable(response)));
    response.on('close', () => inner.destroy());
    request.on('error', () => inner.destroy()).pipe(inner);
  });
  if (webSockets) {
    server.on('upgrade', (request, socket, head) => tunnel(port, request, { socket, head }));
  }
  return server;
}

function forwarded(request) {
  const headers = Object.entries(request.headers).filter(([name]) => !OURS.test(name));
  const { remoteAddress } = request.socket;
  return {
    ...Object.fromEntries(headers.filter(([name]) => !HOP.test(name))),
    'x-forwarded-proto': 'https',
    'x-forwarded-host': request.headers.host ?? '',
    ...(remoteAddress === undefined ? {} : { 'x-forwarded-for': remoteAddress }),
  };
}

function withoutHops(raw) {
  return raw.filter((_, index) => !HOP.test(raw[index - (index % 2)]));
}

function unavailable(response) {
  response.writeHead(503, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    [STRICT[0]]: STRICT[1],
  });
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
