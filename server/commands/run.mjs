/**
 * `npm run simulate` and its like: installs what is missing, then runs the command of that name,
 * which is TypeScript, with everything that was typed after it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { main, ROOT } from './child.mjs';
import { installMissing } from './install.mjs';

const [name, ...rest] = process.argv.slice(2);

await main(async ({ say }) => {
  await installMissing({ say });
  const script = path.join(ROOT, 'server/commands', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...rest], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
  });
});
