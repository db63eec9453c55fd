/**
 * Starts the simulator as a program: `npx tsx server/simulator/main.ts`. A command, so it reads the
 * environment; it prints what a client needs and ends the moment it is told to.
 */
import { DEMO_APPCODE, DEMO_KEY, makeAccount } from './accounts';
import { keepWorld, loadWorld } from './kept';
import { startSimulator } from './simulator';

const env = process.env;
const port = Number(env.SIMULATOR_PORT || '3001');
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('SIMULATOR_PORT is not a port');
  process.exit(2);
}

process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => process.exit(0));
if (env.SIMULATOR_DIE_WITH_PARENT === '1') {
  const parent = process.ppid;
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
  process.stdin.resume();
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 1000).unref();
}

const account = makeAccount({
  appCode: env.QFPAY_APPCODE || DEMO_APPCODE,
  key: env.QFPAY_KEY || DEMO_KEY,
  mchids: env.QFPAY_MCHID ? [env.QFPAY_MCHID] : [],
});

const simulator = await startSimulator({
  port,
  host: env.SIMULATOR_HOST || '127.0.0.1',
  accounts: [account],
}).catch((error: unknown) => {
  console.error(`The simulator could not start: ${error instanceof Error ? error.message : error}`);
  return process.exit(1);
});

// A demo that is stopped and started again must still know what was sold.
const stateFile = env.SIMULATOR_STATE;
if (stateFile) {
  if (!loadWorld(simulator.model, stateFile)) {
    console.error(`SIMULATOR_STATE ${stateFile} holds no world of the simulator: remove it`);
    process.exit(2);
  }
  const keeper = keepWorld(simulator.model, stateFile);
  process.on('exit', () => keeper.save());
}

console.log(`QFPAY_APPCODE=${account.appCode}`);
console.log(`QFPAY_KEY=${account.key}`);
if (account.mchids[0] !== undefined) console.log(`QFPAY_MCHID=${account.mchids[0]}`);
console.log(`Gateway  ${simulator.url}/trade/v1/`);
console.log(`Wallet   ${simulator.url}/wallet`);
console.log(`Control  ${simulator.url}/control/state`);
