import { describe, expect, it } from 'vitest';
import { feed, type Outcome, QUIET, type Stroke, settle, wakeAt } from '@/components/live/wedge';
import { CODE, keyed, keys, scans, type Typed, type } from '../../support/strokes';

describe('a tablet that holds its scanner’s keys up', () => {
  const RECEIPT = 'https://shop.example/r/Y0BRC8T194WVXN';
  /** The keys come late, their times are right: the timer goes off as if nothing followed. */
  function late(strokes: readonly Stroke[], { after, by }: { after: number; by: number }): Typed {
    let wedge = QUIET;
    const out: Outcome[] = [];
    const take = (fed: ReturnType<typeof feed>) => {
      wedge = fed.next;
      out.push(...fed.out);
    };
    for (const [place, stroke] of strokes.entries()) {
      for (let wake = wakeAt(wedge); place === after && wake !== null; wake = wakeAt(wedge)) {
        if (wake >= stroke.at + by) break;
        take(settle(wedge, wake));
      }
      take(feed(wedge, stroke));
    }
    return { out, swallowed: [] };
  }
  /** What an amount is after these keys. */
  const amountAfter = (keyed: string): string => {
    const digits: string[] = [];
    for (const key of keyed.split(' ').filter((each) => each !== '')) {
      if (key === 'Backspace') digits.pop();
      else digits.push(key);
    }
    return digits.join('');
  };

  it('reads the whole of a receipt’s code wherever half a second is lost in it', () => {
    for (let after = 4; after <= RECEIPT.length; after++) {
      const typed = late(keys(`${RECEIPT}⏎`, { gap: 4 }), { after, by: 500 });
      expect({ after, scans: scans(typed), keyed: keyed(typed) }).toEqual({
        after,
        scans: [RECEIPT],
        keyed: '',
      });
    }
  });

  it('leaves no digit of a payment code in the amount, wherever half a second is lost in it', () => {
    const amount = keys('4850', { gap: 120, from: 0 });
    for (let after = 1; after < 16; after++) {
      const all = [...amount, ...keys(`${CODE}⏎`, { gap: 4 })];
      const typed = late(all, { after: amount.length + after, by: 500 });
      expect({ after, scans: scans(typed), amount: amountAfter(keyed(typed)) }).toEqual({
        after,
        scans: [CODE],
        amount: '4850',
      });
    }
  });

  it('nor where a scanner’s radio was lost for so long, from its second key on', () => {
    const amount = keys('4850', { gap: 120, from: 0 });
    for (let after = 2; after < 8; after++) {
      const head = keys(CODE.slice(0, after), { gap: 4 });
      const rest = keys(`${CODE.slice(after)}⏎`, { gap: 4, from: 1500 });
      const typed = type([...amount, ...head, ...rest]);
      expect({ after, scans: scans(typed), amount: amountAfter(keyed(typed)) }).toEqual({
        after,
        scans: [CODE],
        amount: '4850',
      });
    }
  });

  it('keeps two digits that a person rolled over before a whole code was scanned', () => {
    for (const code of [CODE, '281234567890123456', '6212345678901234567']) {
      const typed = type([...keys('28', { gap: 15 }), ...keys(`${code}⏎`, { gap: 4, from: 1500 })]);
      expect({ scans: scans(typed), keyed: keyed(typed) }).toEqual({
        scans: [code],
        keyed: '2 8 ',
      });
    }
  });

  it('gives up in the end, and keys none of it', () => {
    const typed = type(keys('https://shop.example/r/', { gap: 4 }));
    expect(scans(typed)).toEqual([]);
    expect(keyed(typed)).toBe('');
  });
});
