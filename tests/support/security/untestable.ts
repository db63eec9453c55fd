/** Checks that no test here can hold, each with its reason. The shorter, the better. */
export const UNTESTABLE: Readonly<Record<string, string>> = {
  S20:
    'There are no passwords: everybody signs in with a staff code and a PIN of six digits, and ' +
    'what a PIN may be is held by tests of people.',
  S29: 'There are no one-time passwords: a second proof is the PIN, sent with the call itself.',
  S30: 'There are no passwords to reset: an owner gives somebody another PIN under their own PIN.',
};

/** Checks that a test holds but for a part, and what is otherwise there. */
export const PARTLY: Readonly<Record<string, string>> = {
  S22: 'A PIN is good on paired devices alone only where the owner has switched that on.',
  S49:
    'A changed key takes a restart, which reads it from the settings; what happens meanwhile is ' +
    'asked about afterwards, and no notification of either key is lost.',
  S61: 'A copy is not encrypted by itself: whoever takes it keeps it on an encrypted disk.',
  S66: 'That sales go on beside an attack is tested, and not by how much they slow down.',
  S67:
    'What nobody caught is told and the server goes on; where it ends instead, a service manager ' +
    'has to start it again.',
};
