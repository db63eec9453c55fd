import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { createHttpTransport } from '@/server/qfpay/transport';
import { closing, listen, raw, serve, transportTo } from './loopback';

const post = {
  method: 'POST',
  path: '/trade/v1/payment',
  body: 'goods_name=%E5%87%8D&txamt=100',
  headers: { 'X-QF-SIGN': 'ABC', 'Content-Type': 'application/x-www-form-urlencoded' },
  timeoutMs: 5_000,
} as const;

describe('a request', () => {
  it('arrives as it was given, and the answer comes back as it was sent', async () => {
    const { port, seen } = await serve((_seen, response) => {
      response.writeHead(200, { 'X-QF-SIGN': 'DEF', Date: 'Mon, 05 Jan 2026 05:07:11 GMT' });
      response.end('{"respcd": "0000"}');
    });
    const outcome = await transportTo(port, { path: '/base/' }).send(post);
    expect(outcome).toMatchObject({
      kind: 'answer',
      status: 200,
      headers: { 'x-qf-sign': 'DEF', date: 'Mon, 05 Jan 2026 05:07:11 GMT' },
    });
    expect(outcome.kind === 'answer' && outcome.body.toString()).toBe('{"respcd": "0000"}');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.request).toMatchObject({ method: 'POST', url: '/base/trade/v1/payment' });
    expect(seen[0]?.request.headers).toMatchObject({
      'x-qf-sign': 'ABC',
      'content-length': '30',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(seen[0]?.body).toBe(post.body);
  });

  it('by GET carries its parameters in the address and no body', async () => {
    const { port, seen } = await serve((_seen, response) => response.end('{}'));
    const { body: _body, ...rest } = post;
    const get = { ...rest, method: 'GET', path: '/trade/v1/close', query: 'txdtm=a%20b' } as const;
    await transportTo(port).send(get);
    expect(seen[0]?.request).toMatchObject({ method: 'GET', url: '/trade/v1/close?txdtm=a%20b' });
    expect(seen[0]?.body).toBe('');
  });

  it('uses a connection again, and does not send twice', async () => {
    const ports = new Set<number | undefined>();
    const { port, seen } = await serve(({ request }, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const transport = transportTo(port);
    await transport.send(post);
    await transport.send(post);
    expect(ports.size).toBe(1);
    expect(seen).toHaveLength(2);
  });

  it('joins a signature that came twice, so that neither is believed', async () => {
    const port = await raw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nX-QF-SIGN: A\r\nX-QF-SIGN: B\r\nContent-Length: 2\r\n\r\n{}'),
    );
    expect(await transportTo(port).send(post)).toMatchObject({ headers: { 'x-qf-sign': 'A, B' } });
  });
});

describe('what did not leave', () => {
  it('is known when nobody listens', async () => {
    const port = await listen(net.createServer());
    for (const close of closing.splice(0)) await close();
    expect(await transportTo(port).send(post)).toEqual({ kind: 'not-sent', why: 'ECONNREFUSED' });
  });

  it('F88: is known when the name does not exist', async () => {
    const transport = createHttpTransport({ baseUrl: 'http://no-such-host.invalid' });
    expect(await transport.send(post)).toMatchObject({ kind: 'not-sent' });
  });

  it('is known when a plain port is spoken to in TLS: not one byte of the request is out', async () => {
    let heard = '';
    const port = await raw((socket, bytes) => {
      heard += bytes.toString('latin1');
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const transport = transportTo(port, { scheme: 'https' });
    expect(await transport.send(post)).toMatchObject({ kind: 'not-sent' });
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).not.toContain('txamt');
  });

  it('is known when the line is cut in the middle of the TLS greeting', async () => {
    const port = await raw((socket) => socket.resetAndDestroy());
    const transport = transportTo(port, { scheme: 'https' });
    expect(await transport.send(post)).toMatchObject({ kind: 'not-sent' });
  });

  it('is known when TLS never comes to an end', async () => {
    const port = await raw(() => {});
    const transport = transportTo(port, { scheme: 'https', connectTimeoutMs: 60 });
    expect(await transport.send(post)).toEqual({ kind: 'not-sent', why: 'connect-timeout' });
  });

  it('is known when the whole time was over before the line stood', async () => {
    const port = await raw(() => {});
    const transport = transportTo(port, { scheme: 'https' });
    const outcome = await transport.send({ ...post, timeoutMs: 60 });
    expect(outcome).toEqual({ kind: 'not-sent', why: 'timeout before writing' });
  });

  it('is known when a header cannot be written at all', async () => {
    const { port, seen } = await serve((_seen, response) => response.end('{}'));
    const headers = { 'X-QF-APPCODE': 'a\nb' };
    const outcome = await transportTo(port).send({ ...post, headers });
    expect(outcome).toEqual({ kind: 'not-sent', why: 'ERR_INVALID_CHAR' });
    expect(seen).toHaveLength(0);
  });

  it('may not be asked of an address that is no http', () => {
    expect(() => createHttpTransport({ baseUrl: 'ftp://127.0.0.1' })).toThrow(TypeError);
  });
});

describe('what may have arrived', () => {
  const lost = { kind: 'lost', why: 'connection' };

  it('is lost when the gateway keeps silent', async () => {
    const { port, seen } = await serve(() => {});
    const outcome = await transportTo(port).send({ ...post, timeoutMs: 80 });
    expect(outcome).toEqual({ kind: 'lost', why: 'timeout' });
    expect(seen).toHaveLength(1);
  });

  it('leaves no line open behind it when nobody waits for the answer any more', async () => {
    let hangUp = (_says: string) => {};
    const hungUp = new Promise<string>((resolve) => {
      hangUp = resolve;
    });
    const { port } = await serve(({ request }) => {
      request.socket.on('close', () => hangUp('the line is closed'));
    });
    await transportTo(port).send({ ...post, timeoutMs: 80 });
    expect(await hungUp).toBe('the line is closed');
  });

  it('is lost when the answer trickles past the time', async () => {
    const { port } = await serve((_seen, response) => {
      response.writeHead(200, { 'Content-Length': '20' });
      response.write('{"respcd"');
    });
    const outcome = await transportTo(port).send({ ...post, timeoutMs: 150 });
    expect(outcome).toEqual({ kind: 'lost', why: 'timeout' });
  });

  it('is lost when the line is cut before the answer', async () => {
    const port = await raw((socket) => socket.resetAndDestroy());
    expect(await transportTo(port).send(post)).toEqual(lost);
  });

  it('F06: is lost when the line is cut in the middle of the answer', async () => {
    const port = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"respcd": "0000"', () =>
        socket.resetAndDestroy(),
      );
    });
    expect(await transportTo(port).send(post)).toEqual(lost);
  });

  it('is lost when the answer ends short of its length', async () => {
    const port = await raw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"respcd": "0000"}');
    });
    expect(await transportTo(port).send(post)).toEqual(lost);
  });

  it('is lost when the answer is no HTTP', async () => {
    const port = await raw((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect(await transportTo(port).send(post)).toEqual(lost);
  });

  it('is lost when the gateway wants to change the protocol', async () => {
    const port = await raw((socket) =>
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      ),
    );
    expect(await transportTo(port).send(post)).toEqual(lost);
  });

  it('is lost when a connection that was kept is cut after writing', async () => {
    let requests = 0;
    const port = await raw((socket) => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      else socket.resetAndDestroy();
    });
    const transport = transportTo(port);
    expect(await transport.send(post)).toMatchObject({ kind: 'answer' });
    expect(await transport.send(post)).toEqual(lost);
    expect(requests).toBe(2);
  });

  it('is lost when the answer is larger than a mebibyte', async () => {
    const { port } = await serve((_seen, response) => response.end(Buffer.alloc(1_048_577, 0x20)));
    expect(await transportTo(port).send(post)).toEqual(lost);
    const { port: other } = await serve((_seen, response) =>
      response.end(Buffer.alloc(1_048_576, 0x20)),
    );
    expect(await transportTo(other).send(post)).toMatchObject({ kind: 'answer' });
  });

  it('is lost when the transport is closed meanwhile', async () => {
    const { port, seen } = await serve(() => transport.close());
    const transport = transportTo(port);
    expect(await transport.send(post)).toEqual(lost);
    expect(seen).toHaveLength(1);
  });
});

describe('an answer that is not the expected one', () => {
  it('F08: is an answer all the same: a page of HTML with 500', async () => {
    const { port } = await serve((_seen, response) => {
      response.writeHead(500, { 'Content-Type': 'text/html' });
      response.end('<html>oops</html>');
    });
    const outcome = await transportTo(port).send(post);
    expect(outcome).toMatchObject({ kind: 'answer', status: 500 });
    expect(outcome.kind === 'answer' && outcome.body.toString()).toBe('<html>oops</html>');
  });

  it('F07: is passed on where it was cut, when nothing said how long it would be', async () => {
    const port = await raw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"respcd": "00');
    });
    const outcome = await transportTo(port).send(post);
    expect(outcome.kind === 'answer' && outcome.body.toString()).toBe('{"respcd": "00');
  });

  it.each([301, 302, 303, 307, 308])('S50 is not followed elsewhere by a %i', async (status) => {
    const elsewhere = await serve((_seen, response) => response.end('{"respcd": "0000"}'));
    const { port, seen } = await serve((_seen, response) => {
      response.writeHead(status, { Location: `http://127.0.0.1:${elsewhere.port}/` });
      response.end();
    });
    expect(await transportTo(port).send(post)).toMatchObject({ kind: 'answer', status });
    expect(seen).toHaveLength(1);
    expect(elsewhere.seen).toHaveLength(0);
  });
});
