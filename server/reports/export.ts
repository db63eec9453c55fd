/**
 * Takes the history away as a file: the same payments as the list, a part at a time. Its memory is
 * one part however many there are; between two parts everybody else has their turn, and a reader
 * who leaves ends it.
 */
import type { ExportFormat } from '@/lib/contract-history';
import type { HistoryFilter, PageKey } from '@/lib/history-filter';
import { WHOLE } from '@/lib/messages/dictionary';
import { shopDay } from '@/lib/time';
import { csvHead, csvLines } from './csv';
import { type Column, type ExportRow, exportColumns } from './export-columns';
import { type HistoryRefusal, type Looker, nextTurn, readFilter } from './history';
import { createStamps } from './stamps';
import { workbook } from './xlsx';

export interface ExportStore {
  /** Newest first, at most `limit`. */
  exportPart(filter: HistoryFilter): Promise<{ rows: ExportRow[]; next: PageKey | null }>;
  staffSeen(): Promise<readonly { readonly code: string; readonly name: string | null }[]>;
}

/** As many as are read in the time that a sale may wait. */
const ROWS_OF_PART = 500;

export type Export = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly pieces: AsyncGenerator<Uint8Array>;
};

export async function exportHistory(
  store: ExportStore,
  given: { params: URLSearchParams; format: ExportFormat; shop: string },
  who: Looker,
): Promise<Export | HistoryRefusal> {
  const { params, format, shop } = given;
  const filter = readFilter(params, who);
  if ('refused' in filter) return filter;
  const { language, timeZone } = who.reader;
  const seen = await store.staffSeen();
  const names = new Map(seen.flatMap(({ code, name }) => (name === null ? [] : [[code, name]])));
  const columns = exportColumns(language, names);
  const stamps = createStamps(timeZone);
  const parts = partsOf(store, filter);
  const fileName = `${nameOf(shop, filter, who)}.${format}`;
  if (format === 'csv') {
    return { fileName, mediaType: CSV, pieces: csv(parts, columns, stamps) };
  }
  const name = WHOLE[language]['history.title'];
  const sheet = { name, currency: who.currency, columns, stamps };
  return { fileName, mediaType: XLSX, pieces: workbook(parts, sheet) };
}

const CSV = 'text/csv; charset=utf-8; header=present';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function* partsOf(
  store: ExportStore,
  filter: HistoryFilter,
): AsyncGenerator<readonly ExportRow[]> {
  let after: PageKey | null = null;
  do {
    const wanted = { ...filter, limit: ROWS_OF_PART, after };
    const part: Awaited<ReturnType<ExportStore['exportPart']>> = await store.exportPart(wanted);
    if (part.rows.length > 0) yield part.rows;
    after = part.next;
    await nextTurn();
  } while (after !== null);
}

async function* csv(
  parts: AsyncIterable<readonly ExportRow[]>,
  columns: readonly Column[],
  stamps: ReturnType<typeof createStamps>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvHead(columns));
  for await (const rows of parts) yield csvLines(rows, columns, stamps);
}

/** "Countertop 2026-11-01 – 2026-11-27": the shop and the days of the shop that were asked for. */
function nameOf(shop: string, { from, to }: HistoryFilter, { reader }: Looker): string {
  const day = (ms: number) => shopDay(ms, reader.timeZone);
  const last = day(Math.min(to ?? reader.now, reader.now));
  const first = from === null ? null : day(from);
  const days = first === null || first >= last ? last : `${first} – ${last}`;
  return `${shop} ${days}`;
}

/** RFC 6266: plain letters for old programs, and the real name beside them (RFC 5987). */
export function contentDisposition(fileName: string): string {
  const safe = fileName.replace(/[\p{Cc}/\\]/gu, ' ').trim();
  const plain = safe
    .replaceAll('–', '-')
    .normalize('NFKD')
    .replace(/[^\w .-]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const fallback = plain.startsWith('.') || plain === '' ? `export${plain}` : plain;
  const real = encodeURIComponent(safe.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${fallback}"; filename*=UTF-8''${real}`;
}
