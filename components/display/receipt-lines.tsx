'use client';
/** The lines of a receipt on a phone: what the paper says, in the reader's own size of text. */
import { Qr } from '@/components/ui/qr';
import type { ReceiptLine } from '@/lib/receipt-paper';

const SIZE: Readonly<Record<Extract<ReceiptLine, { kind: 'text' }>['size'], string>> = {
  small: 'text-small',
  plain: 'text-body',
  large: 'text-lead font-semibold',
  loud: 'text-figure font-semibold',
  mark: 'bg-qr-ink px-2 py-1 text-lead font-semibold text-qr-paper',
};

type Props = { readonly lines: readonly ReceiptLine[]; readonly qrLabel: string };

/** Black on white in every theme: it is a picture of paper. */
export function ReceiptLines({ lines, qrLabel }: Props) {
  return (
    <article
      data-testid="receipt"
      className="flex flex-col gap-2 rounded-large bg-qr-paper p-4 text-qr-ink"
    >
      {keyed(lines).map(({ key, line }) => (
        <Line key={key} line={line} qrLabel={qrLabel} />
      ))}
    </article>
  );
}

/** A receipt may say the same line twice. */
function keyed(lines: readonly ReceiptLine[]) {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const says = JSON.stringify(line);
    const before = seen.get(says) ?? 0;
    seen.set(says, before + 1);
    return { key: `${says} ${before}`, line };
  });
}

type LineProps = { readonly line: ReceiptLine; readonly qrLabel: string };

function Line({ line, qrLabel }: LineProps) {
  switch (line.kind) {
    case 'text':
      return <p className={`text-center break-words ${SIZE[line.size]}`}>{line.text}</p>;
    case 'pair':
      return (
        <p
          className={`flex flex-wrap justify-between gap-x-4 text-body ${
            line.bold === true ? 'font-semibold' : ''
          }`}
        >
          <span>{line.name}</span>
          <span className="ml-auto text-right">{line.value}</span>
        </p>
      );
    case 'rule':
      return <hr className="my-1 border-current" />;
    case 'qr':
      return (
        <div className="mx-auto w-code">
          <Qr text={line.text} label={qrLabel} />
        </div>
      );
  }
}
