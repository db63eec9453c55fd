/**
 * The part of the settings that names the gateway: which environment, whose credentials, which
 * address. It promises that nothing is guessed where real money could move, and that credentials
 * and address of different environments never meet.
 */
import { isLoopback, type Notes, plainUrl, withoutSlash } from './env-address';
import { type Network, readNetwork } from './notify-from';
import { BASE_URLS, QFPAY_ENVIRONMENTS as REAL } from './qfpay/environments';

const GATEWAY_ENVIRONMENTS = ['simulator', ...REAL] as const;
export type GatewayEnvironment = (typeof GATEWAY_ENVIRONMENTS)[number];

/** `baseUrl` is null when it is our own simulator's. */
export function readGateway(notes: Notes) {
  const environment = readGatewayEnvironment(notes);
  const { text, mistakes, warnings } = notes;
  const signType = text('QFPAY_SIGN_TYPE') ?? 'SHA256';
  if (signType !== 'SHA256' && signType !== 'MD5') {
    mistakes.push('QFPAY_SIGN_TYPE must be SHA256 or MD5; leave it out for SHA256.');
  }
  const fps = text('QFPAY_FPS_REFUNDS') ?? 'no';
  if (fps !== 'yes' && fps !== 'no') {
    mistakes.push(
      'QFPAY_FPS_REFUNDS must be yes or no; set yes only if QFPay said that FPS can be refunded.',
    );
  }
  const baseUrl = readBaseUrl(notes, environment);
  if (environment !== 'simulator' && text('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    mistakes.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pose as QFPay, so remove it; for a private ' +
        'authority set NODE_EXTRA_CA_CERTS.',
    );
  }
  if (environment === 'test') {
    warnings.push(
      'QFPAY_ENV=test moves real money that is never settled to the shop: refund every test ' +
        'sale on the same day.',
    );
  }
  const ownSimulator = environment === 'simulator' && text('QFPAY_BASE_URL') === null;
  return {
    environment: environment ?? 'simulator',
    ...readCredentials(notes, environment, ownSimulator),
    notifyFrom: readNotifyFrom(notes),
    fpsRefunds: fps === 'yes',
    signType: signType === 'MD5' ? ('MD5' as const) : ('SHA256' as const),
    baseUrl,
    ownSimulator,
  };
}

/** Null after a mistake. */
function readGatewayEnvironment({ text, mistakes }: Notes): GatewayEnvironment | null {
  const given = text('QFPAY_ENV');
  if (given !== null) {
    const known = GATEWAY_ENVIRONMENTS.find((name) => name === given);
    if (known === undefined) {
      mistakes.push('QFPAY_ENV must be simulator, sandbox, test or prod, in small letters.');
    }
    return known ?? null;
  }
  const names = ['', ...REAL.map((name) => `${name.toUpperCase()}_`)];
  if (names.some((name) => text(`QFPAY_${name}APPCODE`) !== null)) {
    mistakes.push(
      'QFPAY_ENV must be set to sandbox, test or prod (or simulator), because an app code is ' +
        'set and a wrong guess moves real money.',
    );
    return null;
  }
  const lonely = names.find((name) => text(`QFPAY_${name}KEY`) !== null);
  if (lonely === undefined) return 'simulator';
  mistakes.push(
    `QFPAY_${lonely}KEY is set without QFPAY_${lonely}APPCODE: set both and QFPAY_ENV, or neither.`,
  );
  return null;
}

/** Each variable of the environment wins over its plain one (contract.md, Configuration). */
function readCredentials(notes: Notes, environment: GatewayEnvironment | null, own: boolean) {
  const { text, mistakes } = notes;
  if (environment === null) return { appCode: '', key: '', notifyKeys: [], mchid: null };
  const prefix = `QFPAY_${environment.toUpperCase()}_`;
  const nameOf = (what: string) => (text(prefix + what) === null ? `QFPAY_${what}` : prefix + what);
  const appCode = text(nameOf('APPCODE'));
  const key = text(nameOf('KEY'));
  if (appCode === null && key === null) {
    mistakes.push(
      environment === 'simulator'
        ? 'The app code and key of the simulator are missing: start with npm start, or set ' +
            'QFPAY_APPCODE and QFPAY_KEY to what the simulator printed.'
        : `QFPAY_APPCODE and QFPAY_KEY (or ${prefix}APPCODE and ${prefix}KEY) must be set for ` +
            `QFPAY_ENV=${environment}.`,
    );
  } else if (appCode === null || key === null) {
    const [there, missing] = key === null ? ['APPCODE', 'KEY'] : ['KEY', 'APPCODE'];
    mistakes.push(
      `${nameOf(there)} is set without ${nameOf(missing)}: an app code and its key belong ` +
        'together, so set both.',
    );
  } else if (nameOf('APPCODE').startsWith(prefix) !== nameOf('KEY').startsWith(prefix)) {
    notes.warnings.push(
      `${nameOf('APPCODE')} is used with ${nameOf('KEY')}: if QFPay answers 1108, they do not ` +
        'belong together.',
    );
  }
  for (const other of REAL) {
    const elsewhere = `QFPAY_${other.toUpperCase()}_APPCODE`;
    if (other === environment || appCode === null || text(elsewhere) !== appCode) continue;
    mistakes.push(
      `${nameOf('APPCODE')} and ${elsewhere} are the same, but an app code belongs to one ` +
        'environment: correct the wrong one.',
    );
  }
  const mchid = text(`${prefix}MCHID`) ?? (own ? null : text('QFPAY_MCHID'));
  if (mchid !== null && mchid.length > 16) {
    mistakes.push('QFPAY_MCHID must be at most 16 characters: copy it as QFPay wrote it.');
  }
  const previous = own ? null : text(nameOf('PREVIOUS_KEY'));
  const notifyKeys = [(own ? null : text('QFPAY_NOTIFY_KEY')) ?? key, previous];
  return {
    ...{ appCode: appCode ?? '', key: key ?? '', mchid },
    notifyKeys: notifyKeys.filter((one) => one !== null),
  };
}

/** Empty: from anywhere. */
function readNotifyFrom({ text, mistakes }: Notes): readonly Network[] {
  const given = (text('QFPAY_NOTIFY_FROM') ?? '').split(',').map((one) => one.trim());
  return given.flatMap((one) => {
    const network = readNetwork(one);
    if (network === null && one !== '') {
      mistakes.push(
        'QFPAY_NOTIFY_FROM must name addresses or networks with commas between them, such as ' +
          '203.0.113.7,198.51.100.0/24.',
      );
    }
    return network ?? [];
  });
}

/** Null means our own simulator, or a mistake. */
function readBaseUrl({ text, mistakes }: Notes, environment: GatewayEnvironment | null) {
  const given = text('QFPAY_BASE_URL');
  if (given === null) {
    return environment === null || environment === 'simulator' ? null : BASE_URLS[environment];
  }
  const url = plainUrl(given);
  if (url === null || (url.protocol !== 'https:' && !isLoopback(url.hostname))) {
    mistakes.push(
      'QFPAY_BASE_URL must be an https:// address without user, query or fragment (http:// ' +
        'only to this machine itself).',
    );
    return null;
  }
  if (environment === 'simulator' && !isLoopback(url.hostname)) {
    mistakes.push(
      'QFPAY_BASE_URL names another machine while the environment is simulator: remove it, or ' +
        'set QFPAY_ENV to what that gateway is.',
    );
  }
  const owner = REAL.find((name) => new URL(BASE_URLS[name]).hostname === url.hostname);
  if (owner !== undefined && environment !== 'simulator' && owner !== environment) {
    mistakes.push(
      `QFPAY_BASE_URL is QFPay's ${owner} address but QFPAY_ENV is not ${owner}: make them agree.`,
    );
  }
  return withoutSlash(url);
}
