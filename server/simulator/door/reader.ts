/** Takes a JSON body apart member by member and keeps count of what was wrong with it. */
export type Reader = {
  text(name: string, otherwise?: string): string;
  textOrNull(name: string): string | null;
  /** A whole number, zero or more. */
  whole(name: string, otherwise?: number): number;
  wholeOrNull(name: string): number | null;
  flag(name: string, otherwise: boolean): boolean;
  oneOf<T extends string>(name: string, values: readonly T[], otherwise?: T): T;
  /** Whatever stands there. */
  any(name: string): unknown;
  faults(): readonly string[];
};

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export function makeReader(body: Readonly<Record<string, unknown>>): Reader {
  const wrong: string[] = [];
  const asked = new Set<string>();
  const take = (name: string): unknown => {
    asked.add(name);
    return body[name];
  };
  const complain = <T>(name: string, kind: string, instead: T): T => {
    wrong.push(`${name} must be ${kind}`);
    return instead;
  };
  return {
    text: (name, otherwise) => {
      const value = take(name) ?? otherwise;
      return typeof value === 'string' ? value : complain(name, 'a text', '');
    },
    textOrNull: (name) => {
      const value = take(name) ?? null;
      return value === null || typeof value === 'string' ? value : complain(name, 'a text', null);
    },
    whole: (name, otherwise) => {
      const value = take(name) ?? otherwise;
      return isWhole(value) ? value : complain(name, 'a whole number', 0);
    },
    wholeOrNull: (name) => {
      const value = take(name) ?? null;
      return value === null || isWhole(value) ? value : complain(name, 'a whole number', null);
    },
    flag: (name, otherwise) => {
      const value = take(name) ?? otherwise;
      return typeof value === 'boolean' ? value : complain(name, 'true or false', otherwise);
    },
    oneOf: (name, values, otherwise) => {
      const value = take(name) ?? otherwise;
      const found = values.find((each) => each === value);
      const first = values[0];
      if (found !== undefined) return found;
      if (first === undefined) throw new RangeError(`${name} has no values`);
      return complain(name, `one of ${values.join(', ')}`, first);
    },
    any: take,
    faults: () => [
      ...wrong,
      ...Object.keys(body).flatMap((name) => (asked.has(name) ? [] : [`no such field: ${name}`])),
    ],
  };
}
