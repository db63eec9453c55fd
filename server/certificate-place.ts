/** Where `npm run certificate` keeps what it makes: in the server's own folder. */
import path from 'node:path';

export type CertificateFiles = {
  readonly folder: string;
  /** What tablets are given. Its key opens every page that they trust, within its own limits. */
  readonly authority: string;
  readonly authorityKey: string;
  /** What TLS_CERT and TLS_KEY name. */
  readonly certificate: string;
  readonly key: string;
};

export function certificateFiles(own: string): CertificateFiles {
  const folder = path.join(own, 'certificate');
  const at = (name: string) => path.join(folder, name);
  return {
    folder,
    authority: at('authority.crt'),
    authorityKey: at('authority.key'),
    certificate: at('server.crt'),
    key: at('server.key'),
  };
}
