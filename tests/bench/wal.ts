/**
 * Counts durable commits by what SQLite itself writes: every commit ends with one frame in the
 * write-ahead log that says how large the database now is. Nothing of ours can forget to count.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { sqliteEngine } from '@/server/store/open';

const HEADER = 32;
const FRAME_HEADER = 24;

export type CommitCounter = {
  /** Since the counter was made. */
  count(): number;
  close(): void;
};

/**
 * While it is open no part of the log is used again: it holds a reader's picture of the file. So
 * the log grows; it is for counting, not for timing.
 */
export async function countCommits(file: string): Promise<CommitCounter> {
  const { DatabaseSync } = await sqliteEngine();
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from sqlite_master').all();
  const before = commitsIn(`${file}-wal`);
  return { count: () => commitsIn(`${file}-wal`) - before, close: () => reader.close() };
}

/** https://sqlite.org/fileformat2.html#walformat: all numbers are big-endian. */
function commitsIn(wal: string): number {
  const header = readFileSync(wal).subarray(0, HEADER);
  if (header.length < HEADER) return 0;
  const pageSize = header.readUInt32BE(8);
  const salt = header.subarray(16, 24);
  const frame = Buffer.alloc(FRAME_HEADER);
  const log = openSync(wal, 'r');
  try {
    let commits = 0;
    for (let at = HEADER; ; at += FRAME_HEADER + pageSize) {
      if (readSync(log, frame, 0, FRAME_HEADER, at) < FRAME_HEADER) return commits;
      // Frames with another salt are left over from an earlier round.
      if (!frame.subarray(8, 16).equals(salt)) return commits;
      if (frame.readUInt32BE(4) !== 0) commits += 1;
    }
  } finally {
    closeSync(log);
  }
}
