/** A sign-in that says from which address of this machine it comes, and what else it claims. */
import http from 'node:http';

export type Try = { readonly pin: string; readonly code?: string; readonly from?: string };
export type Tried = { readonly status: number; readonly text: string; readonly cookies: string[] };

/** Signs in from an address of this machine, with headers that claim another one. */
export async function tryPinAt(
  till: string,
  { pin, code = '3000', from = '127.0.0.1' }: Try,
  more: object = {},
): Promise<Tried> {
  const ask = (path: string, options: http.RequestOptions, body = '') =>
    new Promise<Tried>((resolve, reject) => {
      const asked = http.request(
        till + path,
        { ...options, localAddress: from, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          const cookies = answer.headers['set-cookie'] ?? [];
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, cookies }));
        },
      );
      asked.on('error', reject).end(body);
    });
  const csrf = await ask('/api/auth/csrf', { headers: { ...more } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const cookie = csrf.cookies.map((line) => line.split(';')[0]).join('; ');
  const type = 'application/x-www-form-urlencoded';
  return ask(
    '/api/auth/callback/staff',
    { method: 'POST', headers: { cookie, 'content-type': type, ...more } },
    new URLSearchParams({ csrfToken, staffCode: code, pin, json: 'true' }).toString(),
  );
}
