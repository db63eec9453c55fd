/** `npx tsx tests/support/security/print.ts`: which check is held by which tests, as a table. */
import { mistakesOf, printed } from '../map';
import { SECURITY } from './security';

const mistakes = mistakesOf(SECURITY);
console.log([printed(SECURITY), ...mistakes].join('\n'));
process.exitCode = mistakes.length === 0 ? 0 : 1;
