/** What npm start tells the person at the console once everything answers. */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';

const GATEWAYS = {
  simulator: 'the simulator: no real money moves',
  sandbox: 'QFPay sandbox: simulated payments',
  test: 'QFPay test: REAL money that is never settled; refund every test sale today',
  prod: 'QFPay production: real money',
};

export function greeting(settings) {
  const { environment, host, port, tls, simulator, simulatorUrl } = settings;
  const scheme = tls === null ? 'http' : 'https';
  const lines = ['', `Countertop is ready. Gateway: ${GATEWAYS[environment]}.`, ''];
  for (const name of namesOf(host)) lines.push(`  Till          ${scheme}://${name}:${port}`);
  for (const name of newTabletsAt(settings)) lines.push(`  New tablets   ${name}`);
  if (simulatorUrl !== null) {
    const wallets =
      simulator === null
        ? [simulatorUrl]
        : namesOf(simulator.host).map((name) => `http://${name}:${simulator.port}`);
    for (const wallet of wallets) lines.push(`  Wallet page   ${wallet}/wallet`);
  }
  if (environment === 'simulator') lines.push('', ...DEMO);
  lines.push('', 'Ctrl+C stops everything.');
  return lines.join('\n');
}

const DEMO = [
  '  Demo staff    cashier 3000, PIN 300300',
  '                manager 2000, PIN 200200',
  '                owner   1000, PIN 100100',
  '',
  'What to try: sign in at the till as the cashier, key in an amount and press a wallet. A QR',
  'code appears; open the wallet page in a second window, play the customer and pay it. Or scan',
  'the payment code that the wallet page shows. Then look into the history.',
];

/** The page that helps a tablet to trust the certificate of `npm run certificate`. */
function newTabletsAt({ host, port, tls, dataFolder }) {
  const own = path.join(dataFolder, 'certificate');
  const isOurs =
    tls !== null && path.resolve(path.dirname(tls.cert)) === own && existsSync(tls.cert);
  const names = isOurs
    ? namesOf(host).filter((name) => !/^(127\.|\[::1\]|localhost)/.test(name))
    : [];
  return names.map((name) => `http://${name}:${port}/trust`);
}

/** Every address under which a browser may find something that listens on `host`. */
function namesOf(host) {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host];
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((each) => each?.family === 'IPv4' && !each.internal)
    .map((each) => each.address);
  return ['127.0.0.1', ...outside];
}
