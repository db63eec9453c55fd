/**
 * The shop's machines: which servers run on which file, how they die, sleep and come back. A lone
 * server that dies takes the file with it as it is; of two, the other one works on.
 */
import { type OpenedStore, openStore } from '@/server/store';
import type { SqliteEngine } from '@/server/store/open';
import { makeRequest } from './door';
import { forgetFile, syncedLog, takeCommitted } from './engine';
import { type Files, logSize } from './files';
import { drained, type Life, type Loop } from './loop';
import type { Network } from './network';
import type { Stream } from './random';
import { asked, type Server, type ServerEars, seededIds, startServer } from './server';
import type { Swarm } from './swarm';
import { openWitness, type Witness } from './witness';

export type Shop = Awaited<ReturnType<typeof openShop>>;

export type ShopEars = Omit<ServerEars, 'onFault'> & {
  /** The file is an older one from now on. */
  readonly onRestore: () => void;
  /** The file is what a dead server left: everything it had committed has to be in it. */
  readonly onRecovered: () => void;
  readonly onCrash: (point: string) => void;
  readonly onPowerLoss: () => void;
  readonly onRequestFault: (says: string) => void;
};

type Given = {
  readonly loop: Loop;
  readonly network: Network;
  readonly engine: SqliteEngine;
  readonly files: Files;
  readonly swarm: () => Swarm;
  readonly draw: { readonly crash: Stream; readonly ids: Stream; readonly budget: Stream };
  readonly ears: ShopEars;
};

type Room = Given & {
  readonly ids: ReturnType<typeof seededIds>;
  readonly servers: Map<string, Server>;
  readonly skew: Map<string, number>;
  readonly listeners: Set<(server: Server) => void>;
  readonly disk: {
    file: string;
    opened: OpenedStore;
    witness: Witness;
    /** Of the log, as far as the last commit synced it. */
    synced: number;
    backup: string | null;
    /** What the last server to die left behind, until one starts on it. */
    left: string | null;
    /** Grows with every restore: what was to come back before it stays away. */
    age: number;
  };
};

const NAMES = ['A', 'B'] as const;

export async function openShop(given: Given) {
  const file = given.files.first();
  const opened = await openStore({ file, now: given.loop.now });
  const witness = openWitness(given.engine, file);
  const room: Room = {
    ...given,
    ids: seededIds(given.draw.ids, given.loop.now),
    servers: new Map(),
    skew: new Map(),
    listeners: new Set(),
    disk: { file, opened, witness, synced: 0, backup: null, left: null, age: 0 },
  };
  const { servers, skew, disk, loop } = room;
  return {
    witness: (): Witness => disk.witness,
    opened: (): OpenedStore => disk.opened,
    names: (): readonly string[] => namesOf(room),
    /** Called with every server that starts. */
    eachStart: (told: (server: Server) => void) => room.listeners.add(told),
    start: (name: string): Promise<void> => start(room, name),
    setSkew: (name: string, ms: number) => skew.set(name, ms),
    skewOf: (name: string): number => skew.get(name) ?? 0,
    crash(name: string, how: string): void {
      const server = servers.get(name);
      if (server !== undefined) crash(room, server.life, how);
    },
    freeze(name: string, ms: number): void {
      const life = servers.get(name)?.life;
      if (life === undefined) return;
      loop.tell(name, `is frozen for ${ms} ms`);
      if (life.frozenUntil <= loop.now()) life.frozenAt = loop.now();
      life.frozenUntil = Math.max(life.frozenUntil, loop.now() + ms);
    },
    takeBackup(): void {
      disk.backup = room.files.copy(disk.left ?? disk.file);
      loop.tell('operator', 'takes a backup');
    },
    restore: (downFor: number): void => restore(room, downFor),
    sleepUntil: (at: number): void => sleepUntil(room, at),
    request: makeRequest({
      ...{ loop, servers },
      shared: () => given.swarm().servers > 1,
      onFault: given.ears.onRequestFault,
    }),
    async end(): Promise<void> {
      for (const server of [...servers.values()]) kill(room, server, 'ends');
      await drained();
      asked.disable();
      disk.witness.close();
      disk.opened.close();
      forgetFile(disk.file);
    },
  };
}

const namesOf = ({ swarm }: Room): readonly string[] => NAMES.slice(0, swarm().servers);

async function start(room: Room, name: string): Promise<void> {
  const { loop, ids, disk, skew, swarm } = room;
  if (disk.left !== null) await recover(room, disk.left);
  const life: Life = { name, dead: false, frozenAt: 0, frozenUntil: 0 };
  loop.tell(name, 'starts');
  const server = await startServer({
    ...{ loop, life, ids, opened: disk.opened, outlet: swarm().outlet },
    ears: earsOf(room),
    transport: room.network.transportFor(life),
    skew: () => skew.get(name) ?? 0,
    draw: room.draw.budget,
  });
  room.servers.set(name, server);
  for (const told of room.listeners) told(server);
}

const earsOf = (room: Room): ServerEars => ({
  ...room.ears,
  onCommit: (life, forSomebody) => {
    const { disk } = room;
    if (room.swarm().powerLoss) disk.synced = syncedLog(disk.file, disk.synced);
    // Most commits only count a call or hold the lease.
    if (takeCommitted(disk.file)) room.ears.onCommit(life, forSomebody);
  },
  onFault: (life, point) => {
    if (!room.draw.crash.chance(room.swarm().crash)) return false;
    room.ears.onCrash(point);
    crash(room, life, point);
    return true;
  },
});

function kill({ loop, servers }: Room, server: Server, how: string): void {
  loop.tell(server.name, how);
  server.life.dead = true;
  server.ready = false;
  servers.delete(server.name);
  for (const forgotten of server.orphans) forgotten();
  server.orphans.clear();
}

function crash(room: Room, life: Life, how: string): void {
  const { servers, disk, files, draw, loop, ears } = room;
  const server = servers.get(life.name);
  if (server === undefined) return;
  const alone = servers.size === 1;
  const power = alone && room.swarm().powerLoss && draw.crash.chance(0.5);
  if (power) ears.onPowerLoss();
  if (alone) disk.left = files.copy(disk.file, power ? disk.synced : undefined);
  kill(room, server, `${power ? 'loses power' : 'is killed'} at ${how}`);
  const born = disk.age;
  loop.after(draw.crash.span(200, 20_000), async () => {
    if (born === disk.age && !servers.has(life.name)) await start(room, life.name);
  });
}

/** Whoever is back first finds what was left, and everything that had been committed is in it. */
async function recover(room: Room, left: string): Promise<void> {
  room.disk.left = null;
  await change(room, left);
  room.ears.onRecovered();
}

/** Everything goes on with another file. */
async function change({ disk, engine, loop }: Room, next: string): Promise<void> {
  await drained();
  disk.witness.close();
  disk.opened.close();
  forgetFile(disk.file);
  disk.file = next;
  disk.opened = await openStore({ file: next, now: loop.now });
  disk.witness = openWitness(engine, next);
  disk.synced = logSize(next);
}

/** All servers end, and start again on the backup. */
function restore(room: Room, downFor: number): void {
  const { servers, disk, loop, files, ears } = room;
  const old = disk.backup;
  if (old === null) return;
  disk.age += 1;
  const stop = () => {
    for (const server of [...servers.values()]) kill(room, server, 'is stopped for a restore');
  };
  stop();
  loop.after(downFor, async () => {
    // A night that fell and ended meanwhile has opened the shop again.
    stop();
    disk.left = null;
    await change(room, files.copy(old));
    ears.onRestore();
    for (const name of namesOf(room)) await start(room, name);
  });
}

/** An orderly night: all servers are stopped, and started at `at`. */
function sleepUntil(room: Room, at: number): void {
  const { disk } = room;
  disk.age += 1;
  const night = disk.age;
  for (const server of [...room.servers.values()]) kill(room, server, 'closes for the night');
  room.loop.at(at, async () => {
    // Restored in the night: whoever did that starts them.
    if (night !== disk.age) return;
    for (const name of namesOf(room)) if (!room.servers.has(name)) await start(room, name);
  });
}
