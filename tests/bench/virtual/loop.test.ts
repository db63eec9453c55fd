import { expect, test } from 'vitest';
import { createLoop } from './loop';

test('events happen in the order of their time, and of their making at one time', async () => {
  const loop = createLoop(1_000);
  const happened: string[] = [];
  for (const [at, name] of [
    [1_500, 'c'],
    [1_100, 'a'],
    [1_500, 'd'],
    [1_200, 'b'],
  ] as const) {
    loop.at(at, () => happened.push(`${name}@${loop.now()}`));
  }
  await loop.runUntil(2_000);
  expect(happened).toEqual(['a@1100', 'b@1200', 'c@1500', 'd@1500']);
  expect(loop.now()).toBe(2_000);
});

test('hundreds of events at random times leave the heap in order', async () => {
  const loop = createLoop(0);
  const seen: number[] = [];
  for (let event = 0; event < 500; event += 1) {
    loop.at((event * 7_919) % 1_009, () => seen.push(loop.now()));
  }
  await loop.runUntil(2_000);
  expect(seen).toHaveLength(500);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('whoever sleeps goes on at the right time, however long the chain of promises', async () => {
  const loop = createLoop(0);
  const woke: number[] = [];
  const sleeper = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await loop.sleep(100);
      for (let link = 0; link < 50; link += 1) await Promise.resolve();
      woke.push(loop.now());
    }
  };
  void sleeper();
  await loop.runUntil(1_000);
  expect(woke).toEqual([100, 200, 300]);
});

test('nothing that lies beyond the end happens, and it happens in the next run', async () => {
  const loop = createLoop(0);
  let happened = 0;
  loop.at(150, () => {
    happened += 1;
  });
  await loop.runUntil(100);
  expect(happened).toBe(0);
  await loop.runUntil(200);
  expect(happened).toBe(1);
});
