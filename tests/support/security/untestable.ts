/** Checks that no test here can hold, each with its reason. The shorter, the better. */
export const UNTESTABLE: Readonly<Record<string, string>> = {
  S20:
    'There are no passwords: everybody signs in with a staff code and a PIN of six digits, and ' +
    'what a PIN may be is held by tests of people.',
  S29: 'There are no one-time passwords: a second proof is the PIN, sent with the call itself.',
  S30: 'There are no passwords to reset: an owner gives somebody another PIN under their own PIN.',
};
