/**
 * What a hand scanner read of a receipt: our number of the payment, or an address that ends in it.
 */
const NUMBER = /^[0-9A-Za-z]{6,40}$/;

/** The number to look for; null when the text holds none. Our own numbers have capitals only. */
export function numberInScan(text: string): string | null {
  const trimmed = text.trim();
  const last = /^https?:\/\//i.test(trimmed) ? lastOfPath(trimmed) : trimmed;
  return NUMBER.test(last) ? last.toUpperCase() : null;
}

function lastOfPath(address: string): string {
  const [path = ''] = address.split(/[?#]/);
  return path.split('/').findLast((piece) => piece !== '') ?? '';
}
