/** What a tablet must know in order to trust this server. Nothing of it is secret. */

/** Where the authority is fetched. Its name is what the tablet calls the file. */
export const AUTHORITY_PATH = '/api/trust/countertop-authority.crt';

export type Trust =
  /** Plain HTTP: there is nothing to trust, and no camera but on the machine itself. */
  | { readonly kind: 'off' }
  /** A certificate from elsewhere: the tablet trusts it already, or whoever made it helps. */
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'ours';
      readonly sha256: string;
      readonly sha1: string;
      /** ISO 8601: until when the server’s certificate is good. */
      readonly ends: string;
      /** Of a name that others on the network may use, best first: `192.168.1.20:3000`. */
      readonly hosts: readonly string[];
    };
