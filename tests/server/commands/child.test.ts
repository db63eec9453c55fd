import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { run } from '../../../server/commands/child.mjs';

test('what is told to be idle gives way to everybody, and so does all that it starts', async () => {
  const child = 'console.log(require("os").getPriority())';
  const parent = `require("child_process").spawnSync(
    process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" })`;
  const asked = { env: process.env, show: false };
  const idle = await run(process.execPath, ['-e', parent], { ...asked, idle: true });
  expect(idle).toEqual({ code: 0, output: `${constants.priority.PRIORITY_LOW}\n` });
  expect((await run('no-such-program', [], { ...asked, idle: true })).code).toBe(127);
});
