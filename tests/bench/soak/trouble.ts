/**
 * Servers that die and servers that sleep, and what the database saw of it: who held the lease, for
 * how long nobody did, and whether one that had lost it wrote anything afterwards.
 */
import { pause } from '../machine-clock';
import type { Random } from '../random';
import type { Farm, Server } from './farm';

const LOOK_MS = 100;
/** After it woke, before anybody goes to it: what it writes now is its old watch's. */
const ALONE_MS = 5_000;
/** Until nobody waits at a server any more. */
const DRAIN_MS = 3_000;

export type Trouble = {
  kills: number;
  pauses: number;
  /** From the death or the sleep of the one that watched until another one did, ms. */
  readonly takeovers: number[];
  readonly wrong: string[];
};
/** Which servers nobody may go to. */
type Closed = Set<number>;

/**
 * Writes down every change of a payment or refund, and every line about one, with whose hand it was
 * and who watched.
 */
const WITNESS = `
  create table witness (at timestamptz not null default clock_timestamp(),
    who text, holder text, payment text, what text);
  create function witness() returns trigger language plpgsql as $$ begin
    insert into witness (who, holder, payment, what)
    select session_user, holder,
      to_jsonb(new)->>(case tg_table_name when 'payment' then 'id' else 'payment_id' end),
      case tg_table_name when 'audit' then concat(to_jsonb(new)->>'kind', ' ',
        (to_jsonb(new)->>'detail')::jsonb->>'source') else tg_table_name end
    from lease where name = 'watch';
    return null;
  end $$;
  create trigger witness after insert or update on payment for each row execute function witness();
  create trigger witness after insert or update on refund for each row execute function witness();
  create trigger witness after insert on audit for each row execute function witness()`;

/**
 * What a server wrote while another one watched, but for what somebody had it do: a notification
 * that waited at its door, or the answer to a charge or refund that was on its way.
 */
const writtenBy = ({ user, name }: Server, since: string): string => `
  with mine as (select * from witness
    where who = '${user}' and holder <> '${name}' and at >= '${since}'
      and payment is not null)
  select payment, string_agg(what, ', ' order by at) as what from mine
  where payment not in (select payment from mine where what like 'notification%'
    or what in ('answer charge', 'answer refund', 'person ', 'call '))
  group by payment`;

type Lease = { readonly holder: string; readonly epoch: number };

async function leaseOf({ ask }: Farm): Promise<Lease | null> {
  const [row] = await ask("select holder, epoch from lease where name = 'watch'");
  return row === undefined ? null : { holder: String(row.holder), epoch: Number(row.epoch) };
}

export type TroubleSetting = {
  readonly random: Random;
  readonly over: () => boolean;
  readonly killEveryMs: number;
  /** 0: nobody sleeps. */
  readonly pauseMs: number;
  readonly closed: Closed;
  /** Its tablets go elsewhere now. */
  readonly moveAway: (n: number) => void;
  readonly say: (line: string) => void;
};

/** Until `over`. One sleeps once, in the middle; the others die in turns of chance. */
export async function makeTrouble(farm: Farm, setting: TroubleSetting): Promise<Trouble> {
  const { random, over, killEveryMs, pauseMs } = setting;
  const trouble: Trouble = { kills: 0, pauses: 0, takeovers: [], wrong: [] };
  await farm.ask(WITNESS);
  const watching = followLease(farm, { over, trouble });
  while (!over()) {
    await pause(killEveryMs);
    if (over()) break;
    if (pauseMs > 0 && trouble.pauses === 0 && trouble.kills >= 3) {
      await putToSleep(farm, { ...setting, trouble });
    } else {
      const n = random.whole(0, farm.servers.length - 1);
      await kill(farm, n, trouble);
    }
  }
  await watching;
  return trouble;
}

async function kill(farm: Farm, n: number, trouble: Trouble): Promise<void> {
  const server = serverAt(farm, n);
  const watched = (await leaseOf(farm))?.holder === server.name;
  await server.stack.kill9App();
  trouble.kills += 1;
  const taken = watched ? takeover(farm, server, trouble) : null;
  await server.stack.restartApp();
  await taken;
}

/** A server that starts under the name of the dead one takes over as well. */
async function takeover(farm: Farm, server: Server, trouble: Trouble): Promise<void> {
  const since = performance.now();
  const before = await leaseOf(farm);
  while (performance.now() - since < 60_000) {
    const now = await leaseOf(farm);
    if (now !== null && now.epoch !== before?.epoch) {
      trouble.takeovers.push(performance.now() - since);
      return;
    }
    await pause(LOOK_MS);
  }
  trouble.wrong.push(`nobody took over from ${server.name} within a minute`);
}

type Sleeping = TroubleSetting & { readonly trouble: Trouble };

/** The one that watches. Nobody is at it, so whatever it writes on waking is its watch's. */
async function putToSleep(farm: Farm, given: Sleeping): Promise<void> {
  const { trouble, pauseMs, closed, moveAway, say } = given;
  const holder = (await leaseOf(farm))?.holder;
  const n = farm.servers.findIndex(({ name }) => name === holder);
  if (n < 0) return;
  const server = serverAt(farm, n);
  closed.add(n);
  moveAway(n);
  await pause(DRAIN_MS);
  server.stack.app().signal('SIGSTOP');
  trouble.pauses += 1;
  say(`${server.name}, which watches, sleeps for ${pauseMs / 1_000} s`);
  const taken = takeover(farm, server, trouble);
  await pause(pauseMs);
  await taken;
  const [clock] = await farm.ask('select clock_timestamp()::text as at');
  server.stack.app().signal('SIGCONT');
  await pause(ALONE_MS);
  for (const { payment, what } of await farm.ask(writtenBy(server, String(clock?.at)))) {
    trouble.wrong.push(`${server.name} wrote of ${payment} after it had lost its lease: ${what}`);
  }
  closed.delete(n);
}

/** The epoch never sinks, whoever looks. */
async function followLease(
  farm: Farm,
  { over, trouble }: { readonly over: () => boolean; readonly trouble: Trouble },
): Promise<void> {
  let highest = 0;
  while (!over()) {
    const epoch = (await leaseOf(farm))?.epoch ?? 0;
    if (epoch < highest) trouble.wrong.push(`the epoch sank from ${highest} to ${epoch}`);
    highest = Math.max(highest, epoch);
    await pause(LOOK_MS * 5);
  }
}

function serverAt({ servers }: Farm, n: number): Server {
  const found = servers[n];
  if (found === undefined) throw new RangeError(`there is no server ${n}`);
  return found;
}
