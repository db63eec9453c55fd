/**
 * A ZIP file written from its beginning to its end without knowing what is to come: sizes follow
 * each entry (APPNOTE.TXT 4.3.9, 4.4.4). Its memory is one piece; deflating leaves the main thread
 * free. Without ZIP64, so it throws a RangeError beyond 4 GiB.
 */
import zlib from 'node:zlib';

const LARGEST = 0xffff_ffff;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** The first of January 1980, which is as good as any day and the same in every export. */
const DAY = 0x0021;
/** A last block with nothing in it ends what was flushed before. */
const END_OF_DATA = Uint8Array.of(0x03, 0x00);
/** Fast: the reader waits, and XML shrinks well at any level. */
const LEVEL = 1;

type Entry = { name: Buffer; crc: number; packed: number; size: number; at: number };
export type ZipFile = { readonly name: string; readonly pieces: AsyncIterable<string> };

/** The bytes of a ZIP of these files, each read only when the one before is written. */
export async function* zip(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let at = 0;
  for await (const { name, pieces } of files) {
    const entry: Entry = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, at };
    entries.push(entry);
    const head = localHead(entry);
    yield head;
    at += head.length;
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      entry.crc = crc32(bytes, entry.crc);
      entry.size += bytes.length;
      const packed = await deflate(bytes);
      entry.packed += packed.length;
      yield packed;
    }
    entry.packed += END_OF_DATA.length;
    yield END_OF_DATA;
    const tail = sizesOf(entry);
    yield tail;
    at += entry.packed + tail.length;
    if (Math.max(at, entry.size) > LARGEST) throw new RangeError('the ZIP is larger than 4 GiB');
  }
  yield directory(entries, at);
}

/** Piece by piece; each ends on a whole byte, so that they follow each other. */
const deflate = (bytes: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { level: LEVEL, finishFlush: zlib.constants.Z_SYNC_FLUSH };
    zlib.deflateRaw(bytes, options, (fault, packed) => {
      if (fault === null) resolve(packed);
      else reject(fault);
    });
  });

function localHead({ name }: Entry): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(DAY, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function sizesOf({ crc, packed, size }: Entry): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(crc, 4);
  sizes.writeUInt32LE(packed, 8);
  sizes.writeUInt32LE(size, 12);
  return sizes;
}

function directory(entries: readonly Entry[], at: number): Buffer {
  const rows = entries.map(({ name, crc, packed, size, at: begins }) => {
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    row.writeUInt16LE(VERSION, 4);
    row.writeUInt16LE(VERSION, 6);
    row.writeUInt16LE(FLAGS, 8);
    row.writeUInt16LE(DEFLATED, 10);
    row.writeUInt16LE(DAY, 14);
    row.writeUInt32LE(crc, 16);
    row.writeUInt32LE(packed, 20);
    row.writeUInt32LE(size, 24);
    row.writeUInt16LE(name.length, 28);
    row.writeUInt32LE(begins, 42);
    return Buffer.concat([row, name]);
  });
  const all = Buffer.concat(rows);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([all, end]);
}

const POLYNOMIAL = 0xedb8_8320;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1)
    rest = (rest & 1) === 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest >>> 0;
});

/** Node's own from 20.15 on, which is much faster; the same by a table before. */
const crc32: (bytes: Uint8Array, before: number) => number =
  'crc32' in zlib ? (bytes, before) => zlib.crc32(bytes, before) : crc32ByTable;

export function crc32ByTable(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}
