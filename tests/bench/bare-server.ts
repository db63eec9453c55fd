/**
 * The yardstick of P5: what no server can do without for a scanned sale, and nothing else. It reads
 * the request, signs, asks the gateway over a kept connection, commits one row durably and answers.
 * It shares no code with the product but SQLite's settings. A program:
 * `tsx bare-server.ts GATEWAY APPCODE KEY FILE` prints its port.
 */
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { sqliteEngine } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import { specSign } from '../support/spec-client';
import { hongKong } from './hong-kong';

const [gateway = '', appCode = '', key = '', file = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

const { DatabaseSync } = await sqliteEngine();
const database = new DatabaseSync(file);
setUpWriter(database);
database.exec('create table sale (number text primary key, amount integer, answer text) strict');
const insert = database.prepare('insert into sale (number, amount, answer) values (?, ?, ?)');
// Who holds only a statement loses the database to the next collection.
process.once('exit', () => database.close());
let sold = 0;

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function ask(params: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams(params).toString();
  const headers = {
    'X-QF-APPCODE': appCode,
    'X-QF-SIGN': specSign(params, key, 'sha256'),
    'X-QF-SIGNTYPE': 'SHA256',
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  return new Promise((resolve, reject) => {
    const target = new URL('/trade/v1/payment', gateway);
    const sent = request(target, { method: 'POST', headers, agent }, (answer) =>
      textOf(answer).then(resolve, reject),
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const server = createServer(async (message, response) => {
  const { amount, authCode } = JSON.parse(await textOf(message)) as {
    readonly amount: number;
    readonly authCode: string;
  };
  sold += 1;
  const number = `BARE${String(sold).padStart(10, '0')}`;
  const answer = await ask({
    txamt: String(amount),
    txcurrcd: 'HKD',
    pay_type: '800008',
    out_trade_no: number,
    txdtm: hongKong(Date.now()),
    auth_code: authCode,
  });
  insert.run(number, amount, answer);
  const { respcd } = JSON.parse(answer) as { readonly respcd: string };
  const state = respcd === '0000' ? 'paid' : 'failed';
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ payment: { id: number, amount, state } }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(`PORT=${address.port}`);
});
