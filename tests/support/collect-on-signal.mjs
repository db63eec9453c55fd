/**
 * Loaded into a server by whoever measures its memory: SIGUSR2 collects what nothing holds any more
 * and writes what is left, as process.memoryUsage() says it, into the file MEMORY_FILE.
 */
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  collect();
  writeFileSync(process.env.MEMORY_FILE ?? '', JSON.stringify(process.memoryUsage()));
});
