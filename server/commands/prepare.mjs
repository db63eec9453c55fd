/**
 * npm run build: installs and builds what is missing, and starts nothing. An upgrade does it while
 * the old server still sells from its own folder; then the new one starts within seconds.
 */
import { buildIfChanged } from './build.mjs';
import { main } from './child.mjs';
import { installMissing } from './install.mjs';

await main(async ({ say }) => {
  await installMissing({ say });
  const built = await buildIfChanged({ say });
  say(built ? 'Built.' : 'Nothing has changed since the last build.');
});
