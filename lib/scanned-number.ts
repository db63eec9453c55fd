/**
 * What a hand scanner read of a receipt: our number of the payment, or an address that ends in it.
 * The address on a customer's phone has a seal behind the number (`/r/{number}{seal}`).
 */
const NUMBER = /^[0-9A-Za-z]{6,40}$/;
/** Characters of five bits each. */
export const SEAL_LENGTH = 26;
const SEALED = new RegExp(`^[0-9A-HJKMNP-TV-Z]{6,}(?=[0-9A-HJKMNP-TV-Z]{${SEAL_LENGTH}}$)`);

/** The number to look for; null when the text holds none. Our own numbers have capitals only. */
export function numberInScan(text: string): string | null {
  const trimmed = text.trim();
  const isAddress = /^https?:\/\//i.test(trimmed);
  const last = isAddress ? lastOfPath(trimmed) : trimmed;
  const sealed = isAddress ? SEALED.exec(last)?.[0] : undefined;
  const number = sealed ?? last;
  return NUMBER.test(number) ? number.toUpperCase() : null;
}

function lastOfPath(address: string): string {
  const [path = ''] = address.split(/[?#]/);
  return path.split('/').findLast((piece) => piece !== '') ?? '';
}
