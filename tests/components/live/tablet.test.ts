import { describe, expect, test } from 'vitest';
import { signatureOf } from '@/components/live/chime';
import { choiceIn } from '@/components/live/tablet';
import { classesOf, lookFrom } from '@/components/ui/preference';

describe('what is kept on a tablet', () => {
  const first = { volume: 'medium', voice: 'off', clicks: 'off' };

  test.each([null, '', 'null', '7', '[]', '{"volume":"loudest","voice":3}', '{"volume":'])(
    'is as in a new one where %s lies there',
    (text) => {
      expect(choiceIn(text)).toEqual(first);
    },
  );

  test('is what somebody chose, and nothing else that lies beside it', () => {
    const text = JSON.stringify({ volume: 'high', voice: 'yue', pin: '300300' });
    expect(choiceIn(text)).toEqual({ ...first, volume: 'high', voice: 'yue' });
  });
});

describe('how the page looks', () => {
  const from = (kept: Record<string, string>) => lookFrom((name) => kept[name]);

  test('is plain where no cookie says anything that we know', () => {
    const plain = { theme: 'system', hand: 'keys-left', textSize: 'text-100' };
    expect(from({})).toEqual(plain);
    expect(from({ theme: 'pink', hand: 'text-200', 'text-size': '"><script>' })).toEqual(plain);
    expect(classesOf(from({}))).toEqual([]);
  });

  test('bears a class for each choice', () => {
    const kept = { theme: 'dark', hand: 'keys-right', 'text-size': 'text-150' };
    expect(classesOf(from(kept))).toEqual(['dark', 'keys-right', 'text-150']);
  });
});

describe('the tones of money', () => {
  test('rise, and are the same each time for one shop', () => {
    for (const shop of ['', 'Countertop', 'Mei’s Tea', '廣發海味涼茶鋪']) {
      const [low, high] = signatureOf(shop);
      expect(high).toBeGreaterThan(low);
      expect(signatureOf(shop)).toEqual([low, high]);
    }
  });

  test('differ between shops: of a hundred there are twenty at least', () => {
    const heard = Array.from({ length: 100 }, (_, n) => signatureOf(`Shop ${n}`).join('-'));
    expect(new Set(heard).size).toBeGreaterThan(20);
  });
});
