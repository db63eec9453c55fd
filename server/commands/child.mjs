/** Programs that a command runs: to their end, or beside it until they are stopped. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the project lies, whatever folder the command was called from. */
export const ROOT = path.resolve(fileURLToPath(import.meta.url), '../../..');

export const NEXT = 'node_modules/next/dist/bin/next';

/** What `run` waits for, so that a command that is stopped takes it along. */
const running = new Set();
let interrupted = false;

/** Test runners end their own children on SIGINT only. */
export function stopRunning(signal = 'SIGTERM') {
  interrupted = true;
  for (const child of running) child.kill(signal);
}

/**
 * Runs a program to its end. With `show` its output goes straight to ours, else it comes back; one
 * that is `patient` works while nobody else does.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { env = process.env, show = false, patient = false } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'];
    const child = spawn(program, args, { cwd: ROOT, env, stdio });
    running.add(child);
    if (patient && child.pid !== undefined) {
      // Its own children have it from their first moment.
      setPriority(child.pid, constants.priority.PRIORITY_LOW);
    }
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${error.message}\n` }));
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** A sentence for whoever typed the command; printed without a stack. */
export class Stop extends Error {
  /** @param {string[]} sentences */
  constructor(...sentences) {
    super(sentences.join('\n'));
  }
}

/** @param {(options: { say: (line: string) => void }) => Promise<void>} command */
export async function main(command) {
  try {
    await command({ say: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    // Then it fails because we ended it, and whoever did that says so and exits.
    if (interrupted) return;
    process.stderr.write(`${error instanceof Stop ? error.message : error?.stack}\n`);
    process.exit(1);
  }
}
