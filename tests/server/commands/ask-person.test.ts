import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createAsker } from '@/server/commands/ask-person';

function aTerminal(isTTY: boolean) {
  const keys = Object.assign(new PassThrough(), { isTTY, setRawMode: () => keys });
  const screen = new PassThrough();
  let shown = '';
  screen.setEncoding('utf8').on('data', (text) => {
    shown += text;
  });
  return { keys, screen, shown: () => shown };
}

test('a secret is not shown while it is typed, and what is deleted is gone', async () => {
  const { keys, screen, shown } = aTerminal(true);
  const asker = createAsker(keys, screen);
  const code = asker.ask('Code: ');
  keys.write('20X\b00\r');
  expect(await code).toBe('2000');
  const pin = asker.ask('PIN: ', true);
  keys.write('secretx\b\r');
  expect(await pin).toBe('secret');
  asker.close();
  expect(shown()).toContain('Code: ');
  const [, after = ''] = shown().split('PIN: ');
  // What moves the cursor is made of other letters.
  expect(after).not.toMatch(/[secrtx]/);
});

test('Ctrl+C ends the questions, and so does the end of what was piped in', async () => {
  const { keys, screen } = aTerminal(true);
  const asker = createAsker(keys, screen);
  const code = asker.ask('Code: ');
  keys.write('\u0003');
  expect(await code).toBeNull();
  const piped = aTerminal(false);
  piped.keys.end('2000\n200200\n');
  const other = createAsker(piped.keys, piped.screen);
  expect(await other.ask('Code: ')).toBe('2000');
  expect(await other.ask('PIN: ', true)).toBe('200200');
  expect(await other.ask('More: ')).toBeNull();
});
