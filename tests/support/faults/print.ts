/** `npx tsx tests/support/faults/print.ts`: which fault is held by which tests, as a table. */
import { projectSources } from '../house/source';
import { MATRIX } from './matrix';
import { claims } from './titles';
import { UNTESTABLE } from './untestable';

const held = claims(projectSources());
const rows = Object.entries(MATRIX).map(([number, what]) => {
  const files = held.get(number)?.map((file) => file.replace(/^tests\//, ''));
  const reason = UNTESTABLE[number];
  return [number, what, files?.join('<br>') ?? (reason === undefined ? '**gap**' : reason)];
});
const lines = [['', 'What goes wrong', 'Held by'], ['---', '---', '---'], ...rows];
console.log(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
