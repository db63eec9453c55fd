/** Asks whoever sits at the terminal; a secret is not shown while it is typed. */
import readline from 'node:readline';
import { Writable } from 'node:stream';

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Answers by its lines; null when the input has ended. */
export function createAsker(input: Input, output: NodeJS.WritableStream) {
  let hidden = false;
  const shown = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk);
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = readline.createInterface({ input, output: shown, terminal });
  const waiting: ((line: string | null) => void)[] = [];
  const early: string[] = [];
  let ended = false;
  lines.on('line', (line) => {
    const next = waiting.shift();
    if (next === undefined) early.push(line);
    else next(line);
  });
  // Ctrl+C at a question ends the questions.
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    ended = true;
    for (const next of waiting.splice(0)) next(null);
  });
  const answer = (): Promise<string | null> => {
    const line = early.shift();
    if (line !== undefined || ended) return Promise.resolve(line ?? null);
    return new Promise((resolve) => waiting.push(resolve));
  };
  return {
    async ask(question: string, secret = false): Promise<string | null> {
      // The terminal draws it anew when something is deleted, so it has to know it.
      if (ended) output.write(question);
      else {
        lines.setPrompt(question);
        lines.prompt();
      }
      hidden = secret && terminal;
      const line = await answer();
      hidden = false;
      if (secret || !terminal) output.write('\n');
      return line;
    },
    close: (): void => lines.close(),
  };
}
