/**
 * `npm run simulate` and its like: installs what is missing, then runs the command of that name,
 * which is TypeScript, with everything that was typed after it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { main, ROOT } from './child.mjs';
import { withEnvFiles } from './env-files.mjs';
import { installMissing } from './install.mjs';

const [name, ...rest] = process.argv.slice(2);
/** They look after a real shop, so they read its settings as npm start does. */
const OF_THE_SHOP = ['audit', 'backup', 'restore', 'doctor', 'certificate', 'migrate'];

await main(async ({ say }) => {
  await installMissing({ say });
  const script = path.join(ROOT, 'server/commands', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...rest], {
    cwd: ROOT,
    env: OF_THE_SHOP.includes(name)
      ? withEnvFiles(process.env, { root: ROOT, mode: 'production' })
      : process.env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
  });
});
