/**
 * Whether the app on this machine says that sales can be taken. By itself it is a program for
 * whoever watches over a container: it ends with 0 when healthy, with 1 when not.
 */
import http from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';
import { ROOT } from './child.mjs';
import { withEnvFiles } from './env-files.mjs';

const WAIT_MS = 10_000;

/** With `tls` it asks by HTTPS, of whatever certificate: it looks at this machine alone. */
export function isHealthy({ host, port, tls = false }) {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const to = { host: reachable, port, path: '/api/health', timeout: WAIT_MS, agent: false };
  return new Promise((resolve) => {
    const heard = (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    };
    const request = tls
      ? https.get({ ...to, rejectUnauthorized: false }, heard)
      : http.get(to, heard);
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const settings = withEnvFiles(process.env, { root: ROOT, mode: 'production' });
  const { HOST, PORT, TLS_CERT } = settings;
  const here = { host: HOST || '127.0.0.1', port: Number(PORT || 3000), tls: Boolean(TLS_CERT) };
  process.exitCode = (await isHealthy(here)) ? 0 : 1;
}
