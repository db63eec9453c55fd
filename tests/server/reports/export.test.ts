import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { HistoryFilter } from '@/lib/history-filter';
import { csvText } from '@/server/reports/csv';
import { contentDisposition, exportHistory } from '@/server/reports/export';
import { type ExportRow, exportColumns } from '@/server/reports/export-columns';
import { createStamps } from '@/server/reports/stamps';
import { workbook } from '@/server/reports/xlsx';
import { crc32ByTable } from '@/server/reports/zip';
import { NOON } from '../../support/payments';

const row = (facts: Partial<ExportRow> = {}): ExportRow => ({
  id: 'H80KF930KTZYPK',
  sale_id: '01JD2X9K7M4QX9RW4H0V8T6B2C',
  created_at: NOON,
  paid_at: NOON + 5_000,
  amount: 123_450,
  refunded: 50,
  currency: 'HKD',
  state: 'paid',
  mode: 'CPM',
  pay_type: '800008',
  used_pay_type: '801514',
  counter: 'Front',
  staff: '3000',
  confirmed: 1,
  late: 0,
  review: null,
  qfpay_number: '20260105180500020000000043',
  wallet_number: '4200000000000000000000000001',
  note: null,
  notes: null,
  ...facts,
});

/** A store that has these rows, in parts of two. */
const storeOf = (rows: readonly ExportRow[]) => {
  const asked: HistoryFilter[] = [];
  let at = 0;
  return {
    asked,
    staffSeen: async () => [{ code: '3000', name: 'Mei' }],
    exportPart: async (filter: HistoryFilter) => {
      asked.push(filter);
      const part = rows.slice(at, at + 2);
      at += 2;
      const last = part.at(-1);
      const more = at < rows.length && last !== undefined;
      const next = more ? { createdAt: last.created_at, id: last.id as never } : null;
      return { rows: [...part], next };
    },
  };
};
const looker = (language: 'en' | 'zh-Hant' = 'en') =>
  ({
    viewer: { code: '2000', role: 'manager' },
    reader: { language, timeZone: 'Asia/Hong_Kong', now: NOON, fpsRefunds: false },
    currency: 'HKD',
  }) as const;

async function made(rows: readonly ExportRow[], format: 'csv' | 'xlsx', query = '') {
  const given = { params: new URLSearchParams(query), format, shop: '阿明茶餐廳' };
  const found = await exportHistory(storeOf(rows), given, looker());
  if ('refused' in found) throw new Error(`refused: ${found.fields.join()}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of found.pieces) pieces.push(piece);
  return { ...found, bytes: Buffer.concat(pieces) };
}

/** RFC 4180, read by somebody who has not seen how it was written. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match !== null && match[0] !== ''; match = cell.exec(text)) {
    const [, value = '', end = ''] = match;
    const bare = value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
    rows.at(-1)?.push(bare);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((cells) => cells.length > 0);
}
const column = (rows: string[][], title: string) => rows[0]?.indexOf(title) ?? -1;

describe('as comma-separated values', () => {
  test('every payment is a line with amounts as numbers and times by both clocks', async () => {
    const { bytes } = await made([row()], 'csv');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parsed(bytes.toString().slice(1));
    expect(rows).toHaveLength(2);
    const cell = (title: string) => rows[1]?.[column(rows, title)];
    expect(cell('Our number')).toBe('H80KF930KTZYPK');
    expect(cell('Started')).toBe('2026-01-05T12:00:00+08:00');
    expect(cell('Started UTC')).toBe('2026-01-05T04:00:00Z');
    expect(cell('Amount')).toBe('1234.50');
    expect(cell('Currency')).toBe('HKD');
    expect(cell('Refunded')).toBe('0.50');
    expect(cell('State')).toBe('Paid');
    expect(cell('State code')).toBe('paid');
    expect(cell('Wallet')).toBe('Alipay');
    expect(cell('Staff')).toBe('Mei');
    expect(cell('QFPay’s number')).toBe('20260105180500020000000043');
    // Amounts are the only cells without quotes that hold anything but a time.
    expect(bytes.toString()).toContain(',1234.50,"HKD",0.50,');
  });

  test('S54 no text becomes a formula, and no text is lost', async () => {
    const evil = ['=1+1', '+852 5555', '-5', '@SUM(A1)', '\tx', '\rx', '＝1', 'a,"b"\r\nc', '枱 5'];
    const { bytes } = await made(
      evil.map((note) => row({ note })),
      'csv',
    );
    const rows = parsed(bytes.toString().slice(1));
    const notes = rows.slice(1).map((cells) => cells[column(rows, 'Note')] ?? '');
    expect(notes).toHaveLength(evil.length);
    for (const [place, note] of notes.entries()) {
      expect(note).not.toMatch(/^[=+\-@\t\r＝]/);
      expect(note.replace(/^'/, '')).toBe(evil[place]);
    }
    expect(csvText('-5')).toBe('"\'-5"');
  });

  test('all parts follow each other, each asked for from where the one before ended', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => row({ id: `PART${n}`, created_at: NOON - n }));
    const store = storeOf(rows);
    const given = { params: new URLSearchParams('staff=3000'), format: 'csv', shop: 'X' } as const;
    const found = await exportHistory(store, given, looker());
    if ('refused' in found) throw new Error('refused');
    let text = '';
    for await (const piece of found.pieces) text += Buffer.from(piece).toString();
    const lines = parsed(text.slice(1));
    expect(lines.slice(1).map(([id]) => id)).toEqual(rows.map(({ id }) => id));
    expect(store.asked.map(({ after }) => after?.id ?? null)).toEqual([null, 'PART1', 'PART3']);
    expect(store.asked.every(({ staff }) => staff === '3000')).toBe(true);
  });

  test('whoever leaves is read for no longer', async () => {
    const store = storeOf(Array.from({ length: 99 }, () => row()));
    const given = { params: new URLSearchParams(), format: 'csv', shop: 'X' } as const;
    const found = await exportHistory(store, given, looker());
    if ('refused' in found) throw new Error('refused');
    await found.pieces.next();
    await found.pieces.next();
    await found.pieces.return(undefined);
    expect(store.asked).toHaveLength(1);
    expect((await found.pieces.next()).done).toBe(true);
  });
});

describe('as a workbook', () => {
  type Read = [type: string | null, style: string | null, text: string];

  /** Unzipped by its own directory, checksums and sizes included: sheets, rows, cells. */
  function opened(bytes: Buffer): Read[][][] {
    const files = unzipped(bytes);
    for (const name of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml']) {
      expect(files.get(name), name).toMatch(/^<\?xml /);
    }
    const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/'));
    return sheets.map(([name, xml]) => {
      expect(files.get('[Content_Types].xml')).toContain(`PartName="/${name}"`);
      return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) => cellsOf(row));
    });
  }

  const cellsOf = (row: string): Read[] =>
    [...row.matchAll(/<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, facts = '', inside = '']) => [
      / t="(\w+)"/.exec(facts)?.[1] ?? null,
      / s="(\d+)"/.exec(facts)?.[1] ?? null,
      inside
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    ]);

  function unzipped(bytes: Buffer): Map<string, string> {
    const end = bytes.length - 22;
    expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
    const files = new Map<string, string>();
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
      expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
      const [crc, packed, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place));
      const length = bytes.readUInt16LE(at + 28);
      const name = bytes.subarray(at + 46, at + 46 + length).toString();
      const from = bytes.readUInt32LE(at + 42) + 30 + length;
      const data = inflateRawSync(bytes.subarray(from, from + (packed ?? 0)));
      expect([data.length, crc32ByTable(data)]).toEqual([size, crc]);
      files.set(name, data.toString());
      at += 46 + length;
    }
    return files;
  }

  test('times are days of the shop, amounts are numbers, and our numbers are texts', async () => {
    const { bytes } = await made([row({ note: '<&>\u0001 =1', wallet_number: null })], 'xlsx');
    const [sheet = []] = opened(bytes);
    expect(sheet).toHaveLength(2);
    const titles = sheet[0]?.map(([, , text]) => text) ?? [];
    const cell = (title: string) => sheet[1]?.[titles.indexOf(title)];
    expect(cell('Our number')).toEqual(['inlineStr', null, 'H80KF930KTZYPK']);
    expect(cell('QFPay’s number')).toEqual(['inlineStr', null, '20260105180500020000000043']);
    expect(cell('Amount')).toEqual([null, '2', '1234.50']);
    // 2026-01-05 is day 46,027 of a spreadsheet; noon in Hong Kong is four o'clock UTC.
    expect(cell('Started')).toEqual([null, '3', '46027.5']);
    expect(Number(cell('Started UTC')?.[2])).toBeCloseTo(46_027 + 4 / 24, 9);
    expect(cell('Note')).toEqual(['inlineStr', null, '<&>\u{FFFD} =1']);
    expect(cell('Wallet’s number')).toEqual([null, null, '']);
  });

  test('goes on in another sheet where one is full', async () => {
    async function* parts() {
      yield Array.from({ length: 5 }, (_, n) => row({ id: `ROW${n}` }));
      yield [row({ id: 'ROW5' })];
    }
    const sheet = {
      name: 'Sales',
      currency: 'HKD',
      columns: exportColumns('en', new Map()),
      stamps: createStamps('Asia/Hong_Kong'),
      rowsOfSheet: 3,
    } as const;
    const pieces: Uint8Array[] = [];
    for await (const piece of workbook(parts(), sheet)) pieces.push(piece);
    const sheets = opened(Buffer.concat(pieces));
    const ids = sheets.map((rows) => rows.slice(1).map(([first]) => first?.[2]));
    expect(ids).toEqual([
      ['ROW0', 'ROW1', 'ROW2'],
      ['ROW3', 'ROW4', 'ROW5'],
    ]);
  });

  test('an empty one is a sheet with its head', async () => {
    const { bytes } = await made([], 'xlsx');
    const [sheet = []] = opened(bytes);
    expect(sheet.map((cells) => cells[0]?.[2])).toEqual(['Our number']);
  });

  test('the checksum of an old Node is the one that everybody knows', () => {
    expect(crc32ByTable(Buffer.from('123456789'))).toBe(0xcbf4_3926);
    const [a, b] = [Buffer.from('1234'), Buffer.from('56789')];
    expect(crc32ByTable(b, crc32ByTable(a))).toBe(0xcbf4_3926);
  });
});

describe('the file', () => {
  test('bears the shop and the days, and plain letters for old programs', async () => {
    const { fileName } = await made([], 'csv', 'from=2025-12-01&to=2026-01-03');
    expect(fileName).toBe('阿明茶餐廳 2025-12-01 – 2026-01-03.csv');
    expect(contentDisposition(fileName)).toBe(
      'attachment; filename="2025-12-01 - 2026-01-03.csv"; filename*=UTF-8\'\'' +
        '%E9%98%BF%E6%98%8E%E8%8C%B6%E9%A4%90%E5%BB%B3%202025-12-01%20%E2%80%93%202026-01-03.csv',
    );
    expect(contentDisposition('a"b\r\n/../c.csv')).toMatch(/filename="ab .. c\.csv"; /);
  });

  test('names today where no day was asked for, and is refused with a wrong filter', async () => {
    expect((await made([], 'xlsx')).fileName).toBe('阿明茶餐廳 2026-01-05.xlsx');
    const given = { params: new URLSearchParams('min=x'), format: 'csv', shop: 'X' } as const;
    const refused = await exportHistory(storeOf([]), given, looker());
    expect(refused).toEqual({ refused: 'invalid', fields: ['min'] });
  });
});

test('stamps follow a zone through its change of clocks', () => {
  const { local, utc, sheetLocal } = createStamps('Europe/Berlin');
  const before = Date.UTC(2026, 2, 29, 0, 59, 59);
  expect([local(before), utc(before)]).toEqual([
    '2026-03-29T01:59:59+01:00',
    '2026-03-29T00:59:59Z',
  ]);
  expect(local(before + 1_000)).toBe('2026-03-29T03:00:00+02:00');
  expect(sheetLocal(before + 1_000) - sheetLocal(before)).toBeCloseTo(3_601 / 86_400, 9);
});
