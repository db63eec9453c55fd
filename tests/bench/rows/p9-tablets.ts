/**
 * P9 (L10): what 200 tablets cost a server while nothing is sold: processor and memory. Every pair
 * is a server of its own; first nobody listens to it, then all of them do.
 */
import { rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Stack } from '../../support/stack';
import { enter, jarOf } from '../../support/staff-client';
import { askable, heldMiB, memoryOf, processorMs } from '../../support/vitals';
import { pause } from '../machine-clock';
import { startBuiltStack } from '../real-stack';
import { figure } from '../report';
import { eachPair, type Row, type RowResult } from '../row';
import { folderOnDisk } from '../scratch';
import { median } from '../statistics';

const TABLETS = 200;
/** Opened and closed before anything is measured, so that code that runs once has run. */
const FIRST = 10;
const WATCHED_MS = 15_000;
const SETTLES_MS = 2_000;
const KIB = 1_024;

type Found = Awaited<ReturnType<typeof look>>;

export const tablets: Row = {
  id: 'P9',
  what: `${TABLETS} tablets listening (L10): CPU of one core; memory per tablet`,
  yardstick: 'the same server while nobody listens',
  run: async (setting) => {
    const stack = await startBuiltStack(setting.say);
    const folder = folderOnDisk('tablets');
    try {
      const found = await eachPair(setting, async () => {
        const one = await look(stack, `${folder}/memory.json`);
        setting.say(
          `  ${figure(one.idle * 100)} % of a core alone, ${figure(one.listening * 100)} % with ` +
            `all; ${figure(one.each)} KiB each`,
        );
        return one;
      });
      return resultOf(found);
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function resultOf(found: readonly Found[]): RowResult {
  const measures = [
    {
      what: 'processor',
      formula: `time used in ${WATCHED_MS / 1_000} s, less the idle server's ÷ one core`,
      values: found.map(({ listening, idle }) => listening - idle),
      marks: { better: 'lower', goal: 0.05, beyond: 0.02 },
      pairs: found.map(({ listening, idle }) => ({ ours: listening, yardstick: idle })),
      unit: 'of a core',
    },
    {
      what: 'memory per tablet, KiB',
      formula: 'growth of what JavaScript holds, both after a full collection ÷ tablets',
      values: found.map(({ each }) => each),
      marks: { better: 'lower', goal: 64, beyond: 32 },
      pairs: found.map(({ withAll, without }) => ({ ours: withAll, yardstick: without })),
      unit: 'MiB held',
    },
  ] as const;
  const resident = median(found.map((one) => one.resident));
  const notes = [
    `every stream on a connection of its own; with all of them the process took ` +
      `${figure(resident)} MiB more of the machine's memory (less where a collection gave back)`,
  ];
  return { measures, notes, wrong: found.flatMap(({ wrong }) => wrong) };
}

async function look(stack: Stack, file: string) {
  await stack.restartApp(askable(file));
  const cashier = await enter(stack.till);
  const listen = () => openStream(stack.till, jarOf(cashier));
  await closeAll(await Promise.all(Array.from({ length: FIRST }, listen)));
  await pause(SETTLES_MS);
  const before = await memoryOf(stack.app(), file);
  const idle = await shareOfCore(stack);
  const streams = await Promise.all(Array.from({ length: TABLETS }, listen));
  await pause(SETTLES_MS);
  const listening = await shareOfCore(stack);
  const after = await memoryOf(stack.app(), file);
  const lost = streams.filter((stream) => stream.destroyed || stream.complete).length;
  await closeAll(streams);
  const [withAll, without] = [heldMiB(after), heldMiB(before)];
  return {
    ...{ idle, listening, withAll, without },
    each: ((withAll - without) * KIB) / TABLETS,
    resident: (after.rss - before.rss) / KIB / KIB,
    wrong: lost === 0 ? [] : [`${lost} streams ended by themselves`],
  };
}

async function shareOfCore(stack: Stack): Promise<number> {
  const { pid } = stack.app();
  const [startAt, before] = [performance.now(), processorMs(pid)];
  await pause(WATCHED_MS);
  return (processorMs(pid) - before) / (performance.now() - startAt);
}

/** Answers once the stream has said its first word. */
function openStream(till: string, cookie: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, accept: 'text/event-stream' };
    const sent = request(`${till}/api/events`, { headers, agent: new Agent() }, (answer) => {
      if (answer.statusCode !== 200)
        reject(new Error(`a stream was answered ${answer.statusCode}`));
      answer.once('data', () => resolve(answer));
      answer.on('error', () => {});
    });
    sent.on('error', reject).end();
  });
}

async function closeAll(streams: readonly IncomingMessage[]): Promise<void> {
  for (const stream of streams) stream.destroy();
}
