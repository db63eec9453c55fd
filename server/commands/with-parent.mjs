/**
 * Loaded into the app ahead of Next.js. It ends the app when npm start is gone, even when that
 * was killed outright: then the pipe to our standard input closes.
 */
import { isMainThread } from 'node:worker_threads';

/** As long as npm start itself would wait for what is on its way. */
const PATIENCE_MS = 20_000;

// Whatever the app itself starts inherits this file, but not the pipe.
if (isMainThread && Number(process.env.COUNTERTOP_PARENT) === process.ppid) {
  process.stdin.on('error', leave).on('end', leave).resume();
  process.stdin.unref();
}

function leave() {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
}
