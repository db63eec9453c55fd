/**
 * Comma-separated values as RFC 4180 has them, and as a spreadsheet opens them: UTF-8 with a mark
 * at its beginning, and no text of anybody's that would become a formula.
 */
import type { Cell, Column, ExportRow } from './export-columns';
import type { Stamps } from './stamps';

const BYTE_ORDER_MARK = '\u{FEFF}';
const END_OF_LINE = '\r\n';
/** How a formula begins for a spreadsheet; in some countries with the wide forms too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export const csvHead = (columns: readonly Column[]): string =>
  BYTE_ORDER_MARK + columns.map(({ title }) => csvText(title)).join(',') + END_OF_LINE;

/** Row by row: one Chinese note would make the text of all rows twice as wide, and slow. */
export function csvLines(
  rows: readonly ExportRow[],
  columns: readonly Column[],
  stamps: Stamps,
): Uint8Array {
  return Buffer.concat(rows.map((row) => Buffer.from(csvLine(row, columns, stamps))));
}

function csvLine(row: ExportRow, columns: readonly Column[], stamps: Stamps): string {
  let line = '';
  let comma = '';
  for (const { kind, cell } of columns) {
    line += comma + csvCell(cell(row), kind, stamps);
    comma = ',';
  }
  return line + END_OF_LINE;
}

/** Numbers of ours, QFPay's and the wallets are texts: quoted, digit for digit. */
function csvCell(cell: Cell, kind: Column['kind'], stamps: Stamps): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return csvText(cell);
  if ('amount' in cell) return cell.amount;
  return kind === 'utc' ? stamps.utc(cell.time) : stamps.local(cell.time);
}

/** Always quoted; an apostrophe before what would be a formula. */
export function csvText(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe.includes('"') ? `"${safe.replaceAll('"', '""')}"` : `"${safe}"`;
}
