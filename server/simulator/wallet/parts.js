// @ts-check
/** Small pieces of the wallet page that know nothing of payments. */

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {any}
 */
export function element(name, attributes, children) {
  const made = document.createElement(name);
  if (name === 'button') made.setAttribute('type', 'button');
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @type {Record<string, number>} */
const DECIMALS = { JPY: 0 };
/** @type {Record<string, string>} */
const SIGNS = { HKD: 'HK$', CNY: 'CN¥', USD: 'US$', JPY: 'JP¥', EUR: '€' };

/** Minor units to text, by moving digits: no float ever holds money.
 * @param {number} amount @param {string} currency */
export function amountText(amount, currency) {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(amount).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = decimals > 0 ? `.${digits.slice(-decimals)}` : '';
  return (SIGNS[currency] ?? `${currency} `) + whole + fraction;
}

/** Time of day in Hong Kong. @param {number} at */
export const timeText = (at) =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Hong_Kong', hour12: false });

/**
 * Makes the children of `list` show `items` in order. An item that did not change keeps its node,
 * so that nothing moves under a finger.
 * @param {HTMLElement} list
 * @param {any[]} items
 * @param {(item: any) => HTMLElement} make
 */
export function keyed(list, items, make) {
  const old = new Map();
  for (const node of list.children) old.set(node.getAttribute('data-fingerprint'), node);
  const wanted = items.map((item) => {
    const fingerprint = JSON.stringify(item);
    const known = old.get(fingerprint);
    if (known !== undefined) return known;
    const made = make(item);
    made.setAttribute('data-fingerprint', fingerprint);
    return made;
  });
  const same =
    wanted.length === list.children.length &&
    wanted.every((node, index) => node === list.children[index]);
  if (!same) list.replaceChildren(...wanted);
}
