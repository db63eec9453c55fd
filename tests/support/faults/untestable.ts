/** Rows of the matrix that no test here can hold, each with its reason. The shorter, the better. */
export const UNTESTABLE: Readonly<Record<string, string>> = {
  F91:
    'SQLite takes one server per file, and the second is refused at its start; two versions can ' +
    'only share PostgreSQL, for which there is no store yet.',
  F92:
    'Nothing is sent to anybody but the gateway and the screens that listen: there are no ' +
    'receipts by mail and no outbox that could queue.',
};
