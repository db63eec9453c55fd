/**
 * The guards that are written once, in SQLite's words, said to PostgreSQL: the same names, the same
 * conditions, the same sentences. And what only PostgreSQL needs to be told.
 */
const GUARD =
  /^create trigger (\w+) before (insert|update|delete)((?: of [\w, ]+)?) on (\w+)(?:\s+when ([\s\S]+))? begin select raise\(abort, '([^']+)'\); end$/;
const DROP = /^drop trigger (\w+)$/;

/** Said in the transaction of the change, heard once it is kept, by every server. */
export const CHANNEL = 'countertop';

/**
 * Every change of money takes its number from this row. So whoever listens is told by the very
 * commit that made the change, and never of one that was undone.
 */
const TELLS_OF_CHANGES = [
  `create function tell_of_changes() returns trigger language plpgsql as $body$
    begin perform pg_notify('${CHANNEL}', ''); return null; end $body$`,
  `create trigger tell_of_changes after update on tally
    for each row when (new.name = 'feed') execute function tell_of_changes()`,
];

type Guards = readonly string[];

/** `lists` in the order of their migrations: a later one may take back what an earlier one said. */
export function guardsInPostgres<K extends string>(lists: Record<K, Guards>): Record<K, Guards> {
  const tables = new Map<string, string>();
  const said = Object.entries<Guards>(lists).map(([name, guards]) => [
    name,
    guards.flatMap((guard) => inPostgres(guard, tables)),
  ]);
  return Object.fromEntries(said);
}

export const withNews = (guards: Guards): Guards => [...guards, ...TELLS_OF_CHANGES];

function inPostgres(guard: string, tables: Map<string, string>): string[] {
  const [, dropped] = DROP.exec(guard) ?? [];
  if (dropped !== undefined) {
    return [`drop trigger ${dropped} on ${tables.get(dropped)}`, `drop function ${dropped}()`];
  }
  const [, name = '', verb = '', of = '', table = '', when = 'true', says = ''] =
    GUARD.exec(guard) ?? [];
  if (name === '') throw new Error(`a guard that cannot be said to PostgreSQL: ${guard}`);
  tables.set(name, table);
  const refuse = `raise exception using message = '${says}'`;
  const made = [
    // A condition of PostgreSQL's own triggers may not look into other rows, a function may.
    `create function ${name}() returns trigger language plpgsql as $body$ begin
      if ${nullSafe(when)} then ${refuse}; end if;
      if tg_op = 'DELETE' then return old; end if;
      return new; end $body$`,
    `create trigger ${name} before ${verb}${of} on ${table}
      for each row execute function ${name}()`,
  ];
  if (verb !== 'delete') return made;
  // SQLite has no such word; here it would empty a table behind the backs of the guards.
  return [
    ...made,
    `create trigger ${name}_whole before truncate on ${table}
      for each statement execute function ${name}()`,
  ];
}

/** SQLite compares values with `is not`, PostgreSQL only with what is known or unknown. */
const nullSafe = (condition: string): string =>
  condition.replaceAll(/ is not (?!null\b)/g, ' is distinct from ');
