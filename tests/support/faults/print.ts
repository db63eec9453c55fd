/** `npx tsx tests/support/faults/print.ts`: which fault is held by which tests, as a table. */
import { mistakesOf, printed } from '../map';
import { FAULTS } from './faults';

const mistakes = mistakesOf(FAULTS);
console.log([printed(FAULTS), ...mistakes].join('\n'));
process.exitCode = mistakes.length === 0 ? 0 : 1;
