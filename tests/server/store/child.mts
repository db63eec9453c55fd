/** Another server on the same file, for tests that stop or kill it. Ends when its parent does. */
import { isDatabaseFault, openStore } from '@/server/store';
import { aNote, aPayment, aSale } from './records';

const [, , task = '', file = ''] = process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`);
process.stdin.on('close', () => process.exit(0)).resume();

const opened = await openStore({ file }).catch((refused: unknown) => {
  say(refused instanceof Error && 'code' in refused ? `refused ${refused.code}` : `${refused}`);
  process.exit(1);
});
say('open');

if (task === 'write') {
  const done = await opened.reads.lastChange();
  for (let n = done + 1; ; n += 1) {
    try {
      await opened.store.transaction(async (records) => {
        await records.insertSale(aSale(n));
        const id = aPayment(n).id;
        if (!(await records.insertPayment(aPayment(n), `code-${n}`))) throw new Error('twice');
        await records.insertKey(`k${n}`, { kind: 'payment', bodyFingerprint: 'b', targetId: id });
        await records.note(aNote(n));
      });
    } catch (fault) {
      const last = await opened.store.read.payment(aPayment(n - 1).id);
      say(`fault ${isDatabaseFault(fault)} ${last?.id} ${fault}`);
      break;
    }
    // Said only after the commit: this is what a tablet would have been told.
    say(`kept ${n}`);
  }
}
