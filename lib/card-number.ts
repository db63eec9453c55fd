/**
 * Card numbers have no business on this till (no card number is ever stored, processed or sent).
 * Finds 13 to 19 digits, with single spaces or hyphens between them, whose check digit is right.
 * Digits that stand together are taken together: a number of forty digits holds no card, and a
 * table's number in front of a card hides none.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d+(?:[ -]\d+)*/g) ?? [];
  return runs.some((run) => {
    const groups = run.split(/[ -]/);
    return groups.some((_, from) => groups.some((_, to) => isCard(groups.slice(from, to + 1))));
  });
}

function isCard(groups: readonly string[]): boolean {
  const digits = groups.join('');
  return digits.length >= 13 && digits.length <= 19 && isLuhn(digits);
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
