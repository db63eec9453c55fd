// @ts-check
/**
 * The customer's side of the counter. It shows what the simulator knows and presses what a customer
 * would press; it decides nothing.
 */
import { amountText, element, keyed, timeText } from './parts.js';

const POLL_MS = 700;
const TICK_MS = 200;
const AFTER_SCAN_MS = 2500;

/** @param {string} id */
const at = (id) => /** @type {any} */ (document.getElementById(id));

const texts = await (await fetch('/wallet/messages.json')).json();
/** @type {Record<string, string>} */
let words = texts.en;
/** @type {any} */
let state = null;
/** @type {any} */
let code = null;
let scannedAt = 0;
let renewing = false;
let skew = 0;

/** The simulator's time, as far as this page knows. */
const now = () => {
  if (state === null) return Date.now();
  return state.now + (Date.now() - skew) * state.speed;
};

/** @param {string} path @param {object} [body] */
async function ask(path, body) {
  const init = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, init);
  return { ok: response.ok, value: await response.json() };
}

/** @param {string} act @param {string} number @param {object} [more] */
async function press(act, number, more = {}) {
  await ask('/wallet/act', { act, number, ...more });
  await refresh();
}

function speak(/** @type {string} */ language) {
  words = texts[language] ?? texts.en;
  document.documentElement.lang = language;
  document.title = words.title;
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = words[node.getAttribute('data-text') ?? ''] ?? '';
  }
  for (const node of document.querySelectorAll('[data-alt]')) {
    node.setAttribute('alt', words[node.getAttribute('data-alt') ?? ''] ?? '');
  }
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', words[node.getAttribute('data-label') ?? ''] ?? '');
  }
  for (const node of document.querySelectorAll('[data-language]')) {
    const own = node.getAttribute('data-language') === language;
    node.setAttribute('aria-pressed', String(own));
  }
  for (const option of at('wallet').options) option.textContent = words[`code-${option.value}`];
  for (const list of ['prompts', 'open', 'recent', 'notices']) at(list).replaceChildren();
  show();
}

/** @param {any} order */
const walletName = (order) => words[`wallet-${order.wallet}`] ?? words['wallet-other'];

/** @param {any} order */
function openItem(order) {
  const pay = element('button', { class: 'main', 'data-testid': 'pay' }, [
    order.state === 'open' ? words.pay : words.payAnyway,
  ]);
  const refuse = element('button', { 'data-testid': 'refuse' }, [words.refuse]);
  const ignore = element('button', { 'data-testid': 'ignore' }, [words.ignore]);
  pay.onclick = () => press('pay', order.number);
  refuse.onclick = () => press('refuse', order.number, { code: at('reason').value });
  ignore.onclick = () => press('ignore', order.number);
  refuse.disabled = order.state !== 'open';
  return element('li', { 'data-testid': 'open-order', 'data-number': order.number }, [
    element('div', { class: 'row' }, [
      element('span', { class: 'amount' }, [amountText(order.amount, order.currency)]),
      element('strong', {}, [walletName(order)]),
    ]),
    element('div', { class: 'row small' }, [
      element('span', {}, [
        order.goodsName ? `${order.goodsName} · ${order.number}` : order.number,
      ]),
      element('span', { 'data-expires': String(order.expiresAt ?? '') }, []),
    ]),
    element('div', { class: 'actions' }, [pay, refuse, ignore]),
  ]);
}

/** @param {any} order */
function promptItem(order) {
  const confirm = element('button', { class: 'main', 'data-testid': 'confirm' }, [words.confirm]);
  const decline = element('button', { 'data-testid': 'decline' }, [words.decline]);
  confirm.onclick = () => press('pay', order.number);
  decline.onclick = () => press('refuse', order.number, { code: at('reason').value });
  return element('div', { class: 'prompt', 'data-testid': 'prompt', 'data-number': order.number }, [
    element('span', {}, [words.confirmTitle]),
    element('span', { class: 'amount' }, [amountText(order.amount, order.currency)]),
    element('span', { class: 'small' }, [`${walletName(order)} · ${order.number}`]),
    element('div', { class: 'actions' }, [confirm, decline]),
  ]);
}

/** @type {Record<string, [string, string]>} */
const STATES = {
  paid: ['statePaid', 'paid'],
  refused: ['stateRefused', 'stop'],
  expired: ['stateExpired', 'unknown'],
  closed: ['stateClosed', 'unknown'],
  reversed: ['stateReversed', 'unknown'],
  open: ['stateOpen', 'waiting'],
  asking: ['stateAsking', 'waiting'],
};

/** @param {any} order */
function recentItem(order) {
  const [word, look] = STATES[order.state] ?? ['stateOpen', 'waiting'];
  const back =
    order.refunded > 0 ? ` · ${words.refunded} ${amountText(order.refunded, order.currency)}` : '';
  return element('li', { 'data-testid': 'recent-order', 'data-number': order.number }, [
    element('div', { class: 'row' }, [
      element('span', { class: 'amount' }, [amountText(order.amount, order.currency)]),
      element('span', { class: look }, [words[word] + back]),
    ]),
    element('div', { class: 'row small' }, [
      element('span', {}, [`${walletName(order)} · ${order.number}`]),
      element('span', {}, [timeText(order.createdAt)]),
    ]),
  ]);
}

/** @type {Record<string, [string, string]>} */
const NOTICE_STATES = {
  waiting: ['noticeWaiting', 'unknown'],
  sending: ['noticeSending', 'waiting'],
  delivered: ['noticeDelivered', 'paid'],
  'given-up': ['noticeGivenUp', 'stop'],
  withheld: ['noticeWithheld', 'stop'],
};
/** @type {Record<string, string>} */
const KINDS = { payment: 'noticePayment', refund: 'noticeRefund', forged: 'noticeForged' };

/** @param {any} notice */
function noticeItem(notice) {
  const [word, look] = NOTICE_STATES[notice.state] ?? ['noticeSending', 'waiting'];
  const due = element('span', { class: look }, [words[word]]);
  if (notice.state === 'waiting' && notice.attempts.length > 0) {
    due.setAttribute('data-due', String(notice.dueAt));
  }
  const tries = notice.attempts.map((/** @type {any} */ each, /** @type {number} */ index) =>
    element('div', { class: 'small' }, [
      `${words.attempt} ${index + 1} · ${timeText(each.at)} · ` +
        `${each.status ?? words.noAnswer} ${each.answer.slice(0, 60)}`,
    ]),
  );
  return element('li', { 'data-testid': 'notice', 'data-number': notice.number }, [
    element('div', { class: 'row' }, [
      element('span', {}, [`${words[KINDS[notice.kind] ?? 'noticePayment']} · ${notice.number}`]),
      due,
    ]),
    element('div', { class: 'small' }, [notice.url]),
    ...(notice.faults.length > 0
      ? [element('div', { class: 'small stop' }, [notice.faults.join(', ')])]
      : []),
    ...tries,
  ]);
}

function showCode() {
  const spent = code?.usedBy != null;
  at('digits').textContent = code === null ? '' : code.code.replace(/(\d{4})(?=\d)/g, '$1 ');
  at('digits').setAttribute('data-code', code?.code ?? '');
  const query = code === null ? '' : encodeURIComponent(code.code);
  for (const [id, path] of [
    ['barcode', '/wallet/barcode.svg?digits='],
    ['qr', '/wallet/qr.svg?text='],
  ]) {
    if (code !== null && at(id).getAttribute('src') !== path + query) at(id).src = path + query;
  }
  document.querySelector('.card')?.classList.toggle('spent', spent);
}

function show() {
  if (state === null) return;
  keyed(at('prompts'), state.prompts, promptItem);
  keyed(at('open'), state.open, openItem);
  keyed(at('recent'), state.recent, recentItem);
  keyed(at('notices'), state.notices, noticeItem);
  at('nothing-to-pay').hidden = state.open.length > 0;
  at('nothing-yet').hidden = state.recent.length > 0;
  at('no-notices').hidden = state.notices.length > 0;
  showCode();
  tick();
}

/** @param {number} until */
const left = (until) => {
  const seconds = Math.max(0, Math.ceil((until - now()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

function tick() {
  for (const node of document.querySelectorAll('[data-expires]')) {
    const until = Number(node.getAttribute('data-expires'));
    node.textContent = until > now() ? `${words.expiresIn} ${left(until)}` : words.expired;
  }
  for (const node of document.querySelectorAll('[data-due]')) {
    node.textContent = `${words.noticeWaiting} ${left(Number(node.getAttribute('data-due')))}`;
  }
  if (code === null) return;
  at('life').textContent =
    code.usedBy === null ? `${words.newCodeIn} ${left(code.expiresAt)}` : words.scanned;
  const stale = code.expiresAt <= now();
  const seen = code.usedBy !== null && Date.now() - scannedAt > AFTER_SCAN_MS;
  if ((stale || seen) && !document.hidden) renew();
}

async function renew() {
  if (renewing) return;
  renewing = true;
  try {
    const wanted = { wallet: at('wallet').value, askPassword: at('ask-password').checked };
    const { ok, value } = await ask('/wallet/code', wanted);
    if (ok) code = value;
  } catch {
    // The next tick tries again; the page already says that nobody answers.
  } finally {
    renewing = false;
    showCode();
  }
}

async function refresh() {
  try {
    const asked = code === null ? '' : `?code=${encodeURIComponent(code.code)}`;
    const { ok, value } = await ask(`/wallet/state${asked}`);
    if (!ok) return;
    state = value;
    skew = Date.now();
    if (code !== null && value.code?.code === code.code) {
      if (code.usedBy === null && value.code.usedBy !== null) scannedAt = Date.now();
      code = value.code;
    } else if (code !== null && value.code === null && !renewing) {
      // The simulator was reset and no longer knows it.
      renew();
    }
    at('offline').hidden = true;
    show();
  } catch {
    at('offline').hidden = false;
  }
}

async function keepFresh() {
  await refresh();
  setTimeout(keepFresh, POLL_MS);
}

for (const id of await (await fetch('/wallet/wallets.json')).json()) {
  at('wallet').append(element('option', { value: id }, []));
}
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    const language = button.getAttribute('data-language') ?? 'en';
    localStorage.setItem('language', language);
    speak(language);
  });
}
at('wallet').addEventListener('change', renew);
at('ask-password').addEventListener('change', renew);
at('renew').addEventListener('click', renew);
at('copy').addEventListener('click', async () => {
  await navigator.clipboard?.writeText(code?.code ?? '');
  at('copy').textContent = words.copied;
  setTimeout(() => {
    at('copy').textContent = words.copy;
  }, 1500);
});

const wished = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('language');
const spoken = /^zh-(CN|SG|Hans)/i.test(navigator.language) ? 'zh-Hans' : 'zh-Hant';
speak(wished ?? (navigator.language.startsWith('zh') ? spoken : 'en'));
await renew();
await keepFresh();
setInterval(tick, TICK_MS);
