/**
 * A receipt printer as a program: what the bytes put on the paper. It knows exactly the commands
 * that ours may send and throws at everything else, as a real one would print it as rubbish.
 */
import type { Raster } from '@/lib/raster';

export type Printed = {
  readonly picture: Raster;
  readonly bands: number;
  readonly fedLines: number;
  readonly cut: boolean;
};

export function printed(bytes: Uint8Array): Printed {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('the stream ends in the middle of a command');
    at += 1;
    return byte;
  };
  const word = () => next() + next() * 256;
  const rows: Uint8Array[] = [];
  let [width, height, fedLines] = [0, 0, 0];
  let cut = false;
  while (at < bytes.length) {
    const command = String.fromCharCode(next(), next());
    if (command === '\x1b@') continue;
    if (command === '\x1bd') fedLines += next();
    else if (command === '\x1dV') {
      if (next() !== 66) throw new Error('not the cut that feeds first');
      next();
      cut = true;
    } else if (command === '\x1dv') {
      if (next() !== 48 || next() !== 0) throw new Error('not a raster of plain size');
      const [across, down] = [word(), word()];
      if (width !== 0 && width !== across * 8) throw new Error('bands of different widths');
      if (down === 0 || at + across * down > bytes.length) throw new Error('a broken band');
      rows.push(bytes.subarray(at, at + across * down));
      [width, height, at] = [across * 8, height + down, at + across * down];
    } else throw new Error(`the printer knows no command ${JSON.stringify(command)}`);
  }
  const bits = Uint8Array.from(rows.flatMap((band) => [...band]));
  return { picture: { width, height, bits }, bands: rows.length, fedLines, cut };
}
