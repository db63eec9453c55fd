'use client';
/**
 * Draws a receipt with the fonts of this device, in the dots of the paper, black or white and
 * nothing between. Print, preview and printer all get this one picture, so that Chinese comes out
 * on paper as it does on this screen.
 */
import { drawQr } from '@/components/ui/qr';
import { type Raster, rasterOf } from '@/lib/raster';
import { layOut, type Measure, type Placed, type TextStyle } from '@/lib/receipt-layout';
import { PAPERS, type Paper, type ReceiptPaper } from '@/lib/receipt-paper';

/**
 * The same characters are written differently in Hong Kong and on the mainland. Letters and figures
 * come from the same family, so that a receipt looks the same on every device that has it.
 */
const FACES: Readonly<Record<ReceiptPaper['face'], string>> = {
  'zh-Hant':
    "'PingFang HK', 'Noto Sans HK', 'Noto Sans CJK HK', 'Microsoft JhengHei', 'PingFang TC'",
  'zh-Hans': "'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei'",
};
/** From the upper edge of a Chinese character down to the line that letters stand on. */
const ASCENT = 0.88;

const WHITE = 'white';
const BLACK = 'black';

/** Throws where the browser gives no canvas. */
type Size = { readonly width: number; readonly height: number };

function penFor({ width, height }: Size, lang: string): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  // Where none of the fonts is there, the device chooses one by the language.
  Object.assign(canvas, { width, height, lang });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser has no canvas');
  return pen;
}

export async function drawReceipt({ face, lines }: ReceiptPaper, paper: Paper): Promise<Raster> {
  const width = PAPERS[paper];
  const fontOf = ({ size, bold }: TextStyle): string =>
    `${bold ? 700 : 400} ${size}px ${FACES[face]}, sans-serif`;
  const ruler = penFor({ width: 1, height: 1 }, face);
  const measure: Measure = (text, style) => {
    ruler.font = fontOf(style);
    return Math.ceil(ruler.measureText(text).width);
  };
  const laid = layOut(lines, { width, measure });
  const pen = penFor(laid, face);
  pen.fillStyle = WHITE;
  pen.fillRect(0, 0, width, laid.height);
  for (const one of laid.placed) await drawOne(pen, one, { width, fontOf });
  return rasterOf(pen.getImageData(0, 0, width, laid.height));
}

type Page = { readonly width: number; readonly fontOf: (style: TextStyle) => string };

async function drawOne(pen: CanvasRenderingContext2D, one: Placed, { width, fontOf }: Page) {
  if (one.kind === 'text') {
    pen.fillStyle = one.inverse ? WHITE : BLACK;
    pen.font = fontOf(one.style);
    pen.fillText(one.text, one.x, one.y + Math.round(one.style.size * ASCENT));
    return;
  }
  pen.fillStyle = BLACK;
  if (one.kind !== 'qr') {
    pen.fillRect(0, one.y, width, one.height);
    return;
  }
  const { size, path } = await drawQr(one.text);
  // Whole dots to a module: a printer cannot make half of one.
  const module = Math.max(1, Math.floor(one.side / size));
  const margin = Math.floor((one.side - size * module) / 2);
  pen.save();
  pen.translate(one.x + margin, one.y + margin);
  pen.scale(module, module);
  pen.fill(new Path2D(path));
  pen.restore();
}
