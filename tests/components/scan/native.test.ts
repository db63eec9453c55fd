import { describe, expect, it } from 'vitest';
import { acceptFrame, NOTHING_SEEN } from '@/components/till/scan/acceptance';
import { secondOpinion } from '@/components/till/scan/native';

const CODE = '134512345678901234';
const FRAME = {} as ImageBitmapSource;
const BOTH = ['code_128', 'qr_code', 'aztec'];

type Answer = () => Promise<readonly { rawValue: string; format: string }[]>;

/** A browser's detector that supports these formats and answers like this. */
function detector(formats: () => Promise<readonly string[]>, answer: Answer = async () => []) {
  const asked = { times: 0, formats: [] as readonly string[] };
  class Detector {
    static getSupportedFormats = formats;
    constructor(options: { formats: readonly string[] }) {
      asked.formats = options.formats;
    }
    detect() {
      asked.times += 1;
      return answer();
    }
  }
  return { Detector, asked };
}

describe('the browser’s own detector', () => {
  it.each([
    ['is not there', undefined],
    ['has a name and no formats', detector(async () => []).Detector],
    ['knows one of two kinds', detector(async () => ['qr_code']).Detector],
    ['throws', detector(() => Promise.reject(new Error('no service'))).Detector],
    ['never answers', detector(() => new Promise(() => undefined)).Detector],
  ])('is not asked where it %s', async (_, kind) => {
    expect(await secondOpinion(kind)).toBeNull();
  });

  it('reads the kinds that a till knows and nothing else', async () => {
    const { Detector, asked } = detector(
      async () => BOTH,
      async () => [
        { rawValue: CODE, format: 'qr_code' },
        { rawValue: 'boarding pass', format: 'aztec' },
        { rawValue: '', format: 'qr_code' },
      ],
    );
    const ask = await secondOpinion(Detector);
    expect(await ask?.(FRAME)).toEqual([{ text: CODE, symbology: 'qr', alone: true }]);
    expect(asked.formats).toEqual(['code_128', 'qr_code']);
  });

  it('is not asked any more after three failures in a row', async () => {
    const { Detector, asked } = detector(
      async () => BOTH,
      () => Promise.reject(new Error('no service')),
    );
    const ask = await secondOpinion(Detector);
    for (let time = 0; time < 5; time += 1) expect(await ask?.(FRAME)).toEqual([]);
    expect(asked.times).toBe(3);
  });

  it('must have read a QR twice before the till is told', () => {
    const alone = { text: CODE, symbology: 'qr', alone: true } as const;
    const first = acceptFrame(NOTHING_SEEN, [alone], 0);
    expect(first.verdict).toBeNull();
    expect(acceptFrame(first.next, [alone], 100).verdict).toMatchObject({ code: CODE });
  });
});
