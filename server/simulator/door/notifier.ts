/** Carries notifications to the shop, one POST each (protocol.md §5.9). Nothing else goes out. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Model } from '../model/model';
import { noticeAnswered, takeDueNotices } from '../model/notices';
import type { Notice } from '../model/state';

const LONGEST_ANSWER = 4096;
type Heard = { readonly status: number | null; readonly answer: string };

/** Never rejects: silence and failures are an answer without a status. */
function post(notice: Notice, timeoutMs: number): Promise<Heard> {
  return new Promise((resolve) => {
    const silent = (why: string) => resolve({ status: null, answer: why });
    const url = new URL(notice.url);
    const body = Buffer.from(notice.body);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      ...(notice.signature === null ? {} : { 'X-QF-SIGN': notice.signature }),
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, { method: 'POST', headers, agent: false }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (answer.length < LONGEST_ANSWER) answer += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? null, answer }));
      response.on('error', () => silent('broken off'));
    });
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error('no answer in time')));
    sent.on('error', (error) => silent(error.message));
    sent.end(body);
  });
}

export type Notifier = {
  /** Sends what is due by now; resolves when each has been answered. */
  sendDue(only?: 'before-answer'): Promise<void>;
  /** Resolves when nothing is on its way. */
  quiet(): Promise<void>;
  /** Sends one notice now, whatever its time. */
  sendNow(notice: Notice): Promise<void>;
};

export function makeNotifier(model: Model, now: () => number, after: () => void): Notifier {
  const onTheWay = new Set<Promise<void>>();
  const deliver = async (notice: Notice): Promise<void> => {
    const { world } = model;
    const at = now();
    const heard = await post(notice, world.settings.notifyTimeoutMs);
    noticeAnswered(world, notice, { at, ...heard });
    after();
  };
  const sendNow = (notice: Notice): Promise<void> => {
    const sent = deliver(notice).finally(() => onTheWay.delete(sent));
    onTheWay.add(sent);
    return sent;
  };
  return {
    sendNow,
    sendDue: async (only) => {
      await Promise.all(takeDueNotices(model.world, now(), only).map(sendNow));
    },
    quiet: async () => {
      while (onTheWay.size > 0) await Promise.all(onTheWay);
    },
  };
}
