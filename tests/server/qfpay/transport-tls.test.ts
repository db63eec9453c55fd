import https from 'node:https';
import { describe, expect, it } from 'vitest';
import { ONE } from '@/tests/support/certificates';
import { listen, transportTo } from './loopback';

const post = {
  method: 'POST',
  path: '/trade/v1/payment',
  body: 'auth_code=150123456789012345',
  headers: {},
  timeoutMs: 5_000,
} as const;

describe('F88: a certificate that nothing vouches for', () => {
  const open = async () => {
    const heard: string[] = [];
    const server = https.createServer({ ...ONE }, (request, response) => {
      heard.push(request.url ?? '');
      response.end('{"respcd": "0000"}');
    });
    return { port: await listen(server), heard };
  };

  it('is refused before a byte of the request is out, and plain HTTP is not tried', async () => {
    const { port, heard } = await open();
    expect(await transportTo(port, { scheme: 'https' }).send(post)).toEqual({
      kind: 'not-sent',
      why: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(heard).toEqual([]);
  });

  it('S50 S51 is refused whatever the environment says', async () => {
    const { port, heard } = await open();
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const outcome = await transportTo(port, { scheme: 'https' }).send(post);
      expect(outcome).toMatchObject({ kind: 'not-sent' });
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
    expect(heard).toEqual([]);
  });
});
