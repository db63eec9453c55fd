/**
 * A workbook (ECMA-376, transitional) as a stream: times are dates by the shop's clock, amounts are
 * numbers with a format, and every number of ours, QFPay's or a wallet's is a text, so that no
 * spreadsheet rounds it. Texts stand in their cells and are never formulas.
 */
import { type Currency, EXPONENT } from '@/lib/money';
import type { Cell, Column, ExportRow } from './export-columns';
import type { Stamps } from './stamps';
import { type ZipFile, zip } from './zip';

/** A sheet has 1,048,576 rows; one is the head. */
const MOST_ROWS_OF_SHEET = 1_048_575;

export type Sheet = {
  readonly name: string;
  readonly currency: Currency;
  readonly columns: readonly Column[];
  readonly stamps: Stamps;
  /** Smaller in a test, which has no million rows. */
  readonly rowsOfSheet?: number;
};

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Styles by their place in `styles`. */
const STYLE = { plain: 0, head: 1, amount: 2, time: 3 } as const;

export const workbook = (
  parts: AsyncIterable<readonly ExportRow[]>,
  sheet: Sheet,
): AsyncGenerator<Uint8Array> => zip(files(parts, sheet));

async function* files(
  parts: AsyncIterable<readonly ExportRow[]>,
  sheet: Sheet,
): AsyncGenerator<ZipFile> {
  const rows = inBlocks(parts, sheet.rowsOfSheet ?? MOST_ROWS_OF_SHEET);
  let sheets = 0;
  let block = await rows.next();
  do {
    sheets += 1;
    yield { name: `xl/worksheets/sheet${sheets}.xml`, pieces: sheetOf(block, rows, sheet) };
    block = await rows.next();
  } while (block.done !== true);
  const numbers = Array.from({ length: sheets }, (_, place) => place + 1);
  yield { name: 'xl/workbook.xml', pieces: once(book(numbers, sheet)) };
  yield { name: 'xl/_rels/workbook.xml.rels', pieces: once(bookRelations(numbers)) };
  yield { name: 'xl/styles.xml', pieces: once(styles(sheet.currency)) };
  yield { name: '_rels/.rels', pieces: once(relations()) };
  yield { name: '[Content_Types].xml', pieces: once(contentTypes(numbers)) };
}

/** 'end' closes a full sheet. */
type Block = readonly ExportRow[] | 'end';

async function* inBlocks(
  parts: AsyncIterable<readonly ExportRow[]>,
  most: number,
): AsyncGenerator<Block> {
  let room = most;
  for await (const part of parts) {
    let rest = part;
    while (rest.length > room) {
      yield rest.slice(0, room);
      yield 'end';
      rest = rest.slice(room);
      room = most;
    }
    room -= rest.length;
    yield rest;
  }
}

async function* sheetOf(
  first: IteratorResult<Block>,
  rows: AsyncGenerator<Block>,
  { columns, stamps }: Sheet,
): AsyncGenerator<string> {
  yield sheetHead(columns);
  for (let block = first; block.done !== true && block.value !== 'end'; block = await rows.next()) {
    yield xmlRows(block.value, columns, stamps);
  }
  yield '</sheetData></worksheet>';
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const WIDTH: Readonly<Record<Column['kind'], number>> = {
  text: 18,
  amount: 14,
  'shop-time': 20,
  utc: 20,
};

function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(
    ({ kind }, place) =>
      `<col min="${place + 1}" max="${place + 1}" width="${WIDTH[kind]}" customWidth="1"/>`,
  );
  const titles = columns.map(({ title }) => textCell(title, STYLE.head)).join('');
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
    `</sheetViews><cols>${widths.join('')}</cols><sheetData><row>${titles}</row>`
  );
}

function xmlRows(rows: readonly ExportRow[], columns: readonly Column[], stamps: Stamps): string {
  let xml = '';
  for (const row of rows) {
    xml += '<row>';
    for (const { kind, cell } of columns) xml += xmlCell(cell(row), kind, stamps);
    xml += '</row>';
  }
  return xml;
}

/** Cells follow each other without their names, so an empty one must be there as well. */
function xmlCell(cell: Cell, kind: Column['kind'], stamps: Stamps): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'string') return textCell(cell, STYLE.plain);
  if ('amount' in cell) return `<c s="${STYLE.amount}"><v>${cell.amount}</v></c>`;
  const day = kind === 'utc' ? stamps.sheetUtc(cell.time) : stamps.sheetLocal(cell.time);
  return `<c s="${STYLE.time}"><v>${day}</v></c>`;
}

function textCell(text: string, style: number): string {
  const spaced = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : '';
  const styled = style === STYLE.plain ? '' : ` s="${style}"`;
  return `<c t="inlineStr"${styled}><is><t${spaced}>${escaped(text)}</t></is></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Almost every cell. */
const PLAIN = /^[\w .:,+-]*$/;
const SPECIAL = /[&<>]|[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** What XML cannot say at all becomes the sign for a lost character. */
const escaped = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(SPECIAL, (character) => ESCAPES[character] ?? '\u{FFFD}');

function book(numbers: readonly number[], { name }: Sheet): string {
  const sheets = numbers.map((number) => {
    const called = number === 1 ? name : `${name} ${number}`;
    return `<sheet name="${sheetName(called)}" sheetId="${number}" r:id="rId${number}"/>`;
  });
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets>` +
    '</workbook>'
  );
}

/** At most 31 characters, and none of those that a reference is made of. */
const sheetName = (name: string): string =>
  escaped([...name.replace(/[[\]:*?/\\'"]/g, ' ')].slice(0, 31).join(''));

function bookRelations(numbers: readonly number[]): string {
  const sheets = numbers.map((number) =>
    relation(`rId${number}`, `${OFFICE}/worksheet`, `worksheets/sheet${number}.xml`),
  );
  const style = relation('rIdStyles', `${OFFICE}/styles`, 'styles.xml');
  return relationships([...sheets, style]);
}

const relations = (): string =>
  relationships([relation('rId1', `${OFFICE}/officeDocument`, 'xl/workbook.xml')]);
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
const relationships = (all: readonly string[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;

function contentTypes(numbers: readonly number[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/${name}" ContentType="${TYPE}.${type}+xml"/>`;
  const sheets = numbers.map((number) => part(`xl/worksheets/sheet${number}.xml`, 'worksheet'));
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    part('xl/workbook.xml', 'sheet.main') +
    part('xl/styles.xml', 'styles') +
    `${sheets.join('')}</Types>`
  );
}

function styles(currency: Currency): string {
  const amount = EXPONENT[currency] === 0 ? '#,##0' : '#,##0.00';
  const format = (id: number, code: string) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`;
  const cell = (number: number, font: number) =>
    `<xf numFmtId="${number}" fontId="${font}" fillId="0" borderId="0" xfId="0" ` +
    'applyNumberFormat="1" applyFont="1"/>';
  const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2">${format(164, amount)}` +
    `${format(165, 'yyyy\\-mm\\-dd\\ hh:mm:ss')}</numFmts>` +
    `<fonts count="2">${font('')}${font('<b/>')}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
    '<fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="4">${cell(0, 0)}${cell(0, 1)}${cell(164, 0)}${cell(165, 0)}</cellXfs>` +
    '</styleSheet>'
  );
}
