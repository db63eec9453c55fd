/** JSON in the style QFPay is observed to send (protocol.md §2.3): `", "`, `": "`, `\uXXXX`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

const BEYOND_ASCII = /[\u0080-\uffff]/g;

function escaped(text: string): string {
  const quoted = JSON.stringify(text);
  // Looked for first: most of it is plain, and a replacement costs more than a look.
  if (quoted.search(BEYOND_ASCII) === -1) return quoted;
  return quoted.replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function dump(value: Json): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(dump).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${escaped(name)}: ${dump(member)}`,
  );
  return `{${members.join(', ')}}`;
}
