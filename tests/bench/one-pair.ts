/** A program: one pair of a row on the virtual clock, for apart.ts. `tsx one-pair.ts P1 3`. */
import { ANSWER } from './apart';
import { capacityOf } from './rows/p1-capacity';
import { economyOf } from './rows/p2-economy';

const [row, seed] = process.argv.slice(2);
const say = (line: string) => console.log(line);
const pair = row === 'P1' ? capacityOf : economyOf;
console.log(`${ANSWER}${JSON.stringify(await pair(Number(seed), say))}`);
process.exit(0);
