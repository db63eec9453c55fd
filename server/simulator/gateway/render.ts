/**
 * Spells an answer: flat or in the envelope, signed, and spoilt where a fault asks for it. Nothing
 * here changes what happened.
 */
import type { Account, Shape } from '../accounts';
import { dump, type Json } from '../body';
import type { FaultRule } from '../faults';
import { type Answer, type Fields, type Row, statusOf } from '../model/answers';
import { WRONG_KEY } from '../model/notices';
import { textOf } from '../result-texts';
import type { Settings } from '../settings';
import { bodySignature, digest, signString } from '../signature';

type Members = Record<string, Json>;

function envelopeRow(row: Row, settings: Settings): Members {
  const made: Members = { ...row, qf_trade_no: row.syssn ?? null };
  const respcd = String(row.respcd);
  if (settings.rowState !== 'respcd') made.txstatus = statusOf(respcd);
  if (settings.rowState === 'txstatus') delete made.respcd;
  return made;
}

function rowsData(answer: Answer, shape: Shape, settings: Settings): Json {
  const rows = (answer.rows?.data ?? []).map((row) =>
    shape === 'envelope' ? envelopeRow(row, settings) : row,
  );
  const only = rows[0];
  return settings.queryData === 'object' && rows.length === 1 && only !== undefined ? only : rows;
}

/** The specification's `data`: its own names, and `syssn` and the QR beside them (§10.3, §10.6). */
function envelopeData(answer: Answer, settings: Settings): Members {
  const { fields } = answer;
  const status = answer.unpaidQr ? settings.unpaidStatus : answer.status;
  const pick = (...names: readonly string[]): Members =>
    Object.fromEntries(
      names.flatMap((name) => (name in fields ? [[name, fields[name] ?? null]] : [])),
    );
  return {
    ...pick('txamt', 'out_trade_no', 'txcurrcd'),
    ...(status === null ? {} : { txstatus: status }),
    ...('syssn' in fields ? { qf_trade_no: fields.syssn ?? null } : {}),
    ...pick('syssn', 'orig_syssn', 'pay_type', 'txdtm', 'qrcode', 'pay_url'),
  };
}

function bodyOf(answer: Answer, shape: Shape, settings: Settings): Members {
  const { respcd, text, note, fields, rows } = answer;
  if (shape === 'envelope') {
    const said = respcd === '0000' ? 'success' : note || text;
    if (rows === null) return { respcd, respmsg: said, data: envelopeData(answer, settings) };
    const { page, pageSize } = rows;
    const data = rowsData(answer, shape, settings);
    return { respcd, respmsg: said, data, page, page_size: pageSize };
  }
  if (rows === null) return { ...fields, resperr: text, respmsg: note, respcd };
  const { page, pageSize } = rows;
  const data = rowsData(answer, shape, settings);
  return { respmsg: note, resperr: text, respcd, data, page, page_size: pageSize };
}

/** Applies a change to every record of a body: the body itself, its `data`, each row of it. */
function eachRecord(body: Members, change: (record: Members) => Members): Members {
  const { data } = body;
  const isRecord = (value: Json | undefined): value is Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const changed = change(body);
  if (Array.isArray(data)) {
    return { ...changed, data: data.map((row) => (isRecord(row) ? change({ ...row }) : row)) };
  }
  return isRecord(data) ? { ...changed, data: change({ ...data }) } : changed;
}

const replace =
  (name: string, value: (old: Json) => Json) =>
  (record: Members): Members =>
    name in record ? { ...record, [name]: value(record[name] ?? null) } : record;

function saysCode(body: Members, fault: FaultRule): Members {
  const { respcd } = fault;
  if (!fault.inner) {
    const said = { ...body, respcd };
    const text = textOf(respcd);
    return 'resperr' in body ? { ...said, resperr: text } : { ...said, respmsg: text };
  }
  const rewrite = (record: Members): Members => ({
    ...replace('respcd', () => respcd)(replace('txstatus', () => statusOf(respcd))(record)),
  });
  return { ...eachRecord(body, rewrite), respcd: body.respcd ?? '0000' };
}

const halved = (value: Json): Json => String(Math.max(1, Math.floor(Number(value) / 2)));

function spoilBody(body: Members, faults: readonly FaultRule[]): Members {
  return faults.reduce((spoilt: Members, fault) => {
    switch (fault.kind) {
      case 'respcd':
        return saysCode(spoilt, fault);
      case 'integer-txamt':
        return eachRecord(spoilt, replace('txamt', Number));
      case 'extra-fields':
        return eachRecord(spoilt, (record) => ({
          ...record,
          sim_extra: 'x',
          sim_extra_object: { deep: [1, null] },
        }));
      case 'unknown-pay-type':
        return eachRecord(
          spoilt,
          replace('pay_type', () => '899999'),
        );
      case 'smaller-amount':
        return eachRecord(spoilt, replace('txamt', halved));
      case 'other-currency':
        return eachRecord(
          spoilt,
          replace('txcurrcd', () => 'USD'),
        );
      case 'other-number':
        return eachRecord(
          spoilt,
          replace('out_trade_no', (old) => `${String(old)}-OTHER`),
        );
      default:
        return spoilt;
    }
  }, body);
}

function spoilText(text: string, faults: readonly FaultRule[]): string {
  const has = (kind: FaultRule['kind']) => faults.some((fault) => fault.kind === kind);
  const unquoted = has('unquoted-respcd')
    ? text.replace(/"respcd": "(\d+)"/g, '"respcd": $1')
    : text;
  return has('truncate') ? unquoted.slice(0, Math.ceil(unquoted.length / 2)) : unquoted;
}

/** §3.2. The sorted-fields rule can be applied only where `data` is an object of plain values. */
function seedSignature(body: Members, key: string): string | null {
  const { data } = body;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const params = new Map(
    Object.entries(data).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
  return digest('MD5', signString(params) + key);
}

export type Spelt = { readonly bytes: Uint8Array; readonly signature: string | null };

export function spell(
  answer: Answer,
  account: Account | null,
  given: { readonly settings: Settings; readonly faults: readonly FaultRule[] },
): Spelt {
  const { settings, faults } = given;
  const shape = account?.shape ?? settings.shape;
  const body = spoilBody(bodyOf(answer, shape, settings), faults);
  const bytes = Buffer.from(spoilText(dump(body), faults));
  const has = (kind: FaultRule['kind']) => faults.some((fault) => fault.kind === kind);
  if (account === null || settings.responseSignature === 'none' || has('no-signature')) {
    return { bytes, signature: null };
  }
  if (settings.responseSignature === 'wrong' || has('wrong-signature')) {
    return { bytes, signature: bodySignature(bytes, WRONG_KEY) };
  }
  const signature =
    settings.responseSignature === 'seed'
      ? seedSignature(body, account.key)
      : bodySignature(bytes, account.key);
  return { bytes, signature };
}
