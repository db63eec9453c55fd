/** Rows of the matrix that no test here can hold, each with its reason. The shorter, the better. */
export const UNTESTABLE: Readonly<Record<string, string>> = {
  F92:
    'Nothing is sent to anybody but the gateway and the screens that listen: there are no ' +
    'receipts by mail and no outbox that could queue.',
};
