/**
 * JSON as a payment gateway writes it. Every number comes back as the text it was written in: an
 * unquoted `0000` is no JSON and twenty-six digits are no float, yet both are seen
 * (protocol.md §4.2, §10.22). One key twice, deep nesting and anything else that two readers could
 * read differently is refused. It never throws.
 */

const TOKEN =
  /\s+|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/y;

/** A token of other than white space begins between these two. */
const [SPACE, TILDE] = [0x20, 0x7e];
const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];

export type Json = string | boolean | null | readonly Json[] | { readonly [name: string]: Json };
const DEEPEST = 8;

/** Undefined when it cannot be read. `__proto__` is a name like any other. */
export function readJson(bytes: Uint8Array): Json | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const quoted = quoteNumbers(text);
    return quoted === null ? undefined : JSON.parse(quoted);
  } catch {
    return undefined;
  }
}

export const isObject = (json: Json | undefined): json is { readonly [name: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** One pass over the tokens; JSON.parse afterwards is the judge of their order. */
function quoteNumbers(text: string): string | null {
  const out: string[] = [];
  const open: (Set<string> | null)[] = [];
  let last = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    if (!TOKEN.test(text)) return null;
    const token = text.slice(from, TOKEN.lastIndex);
    const begins = token.charCodeAt(0);
    if (begins <= SPACE || begins > TILDE) continue;
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
    if (token === '}' || token === ']') open.pop();
    if (open.length > DEEPEST) return null;
    if (token === ':' && !isNewKey(last, open.at(-1))) return null;
    const isNumber = begins === MINUS || (begins >= ZERO && begins <= NINE);
    out.push(isNumber ? `"${token}"` : token);
    last = token;
  }
  return out.join('');
}

function isNewKey(token: string, known: Set<string> | null | undefined): boolean {
  if (!known || !token.startsWith('"')) return false;
  // What holds no escape is what stands between its quotes.
  const name: unknown = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
  if (typeof name !== 'string' || known.has(name)) return false;
  known.add(name);
  return true;
}
