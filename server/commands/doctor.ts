/**
 * `npm run doctor`: looks at a real installation and charges nobody: settings, database and copies,
 * QFPay's answer and clock, the address for notifications, the running server. One line for each,
 * and what to do. Ends with 0 when nothing is wrong, with 1 when something is, with 2 when what was
 * typed makes no sense. Only `-- --live 2.00` moves money: a payment that it refunds.
 */
import { type Environment, settingsToLookAt } from '@/server/env';
import { type Finding, tellFinding } from './findings';
import { type LiveWish, readWish } from './live-wish';
import { lookAtDatabase } from './look-at-database';
import { lookAtGateway } from './look-at-gateway';
import { lookAtNotifications, lookAtServer } from './look-at-network';
import { refuse } from './refusal';

type Settings = {
  readonly env: Environment | null;
  readonly practice: boolean;
  readonly found: readonly Finding[];
};

function settings(): Settings {
  const { reading, practice } = settingsToLookAt();
  if (!reading.ok) {
    const found = reading.mistakes.map(
      (says): Finding => ({ what: 'settings', is: 'wrong', says }),
    );
    return { env: null, practice, found };
  }
  const { env } = reading;
  const asked = practice
    ? 'practice: no credentials are set, so npm start plays QFPay itself'
    : `${env.environment}, ${env.baseUrl}`;
  const warnings = env.warnings.map(
    (says): Finding => ({ what: 'settings', is: 'doubtful', says }),
  );
  return { env, practice, found: [{ what: 'settings', is: 'good', says: asked }, ...warnings] };
}

async function doctor(): Promise<number> {
  let wrong = 0;
  const tell = (finding: Finding) => {
    if (finding.is === 'wrong') wrong += 1;
    console.log(tellFinding(finding));
  };
  const { env, practice, found } = settings();
  const wish = readWish(process.argv.slice(2), env);
  for (const finding of found) tell(finding);
  if (env !== null) {
    const now = Date.now();
    for (const each of await lookAtDatabase(env.database, now)) tell(each);
    if (!practice) for (const each of await lookAtGateway(env, now)) tell(each);
    for (const each of await lookAtServer(env)) tell(each);
    for (const each of await lookAtNotifications(env)) tell(each);
    if (wish !== null && wrong === 0) tell(await tryLive(wish, env));
    else if (wish !== null) tell({ what: 'live', is: 'wrong', says: 'not begun: see above' });
  }
  console.log(wrong === 0 ? '\nNothing is wrong.' : `\n${wrong} wrong: see above what to do.`);
  return wrong === 0 ? 0 : 1;
}

/** What only a live test needs is fetched for it alone. */
const tryLive = async (wish: LiveWish, env: Environment): Promise<Finding> =>
  (await import('./live')).live(wish, env);

try {
  process.exitCode = await doctor();
} catch (error) {
  refuse(error);
}
