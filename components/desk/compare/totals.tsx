'use client';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import type { ComparisonView } from '@/lib/contract-compare';

const HEAD = 'px-2 py-2 text-small font-semibold text-ink-soft';
const CELL = 'px-2 py-2 text-right align-top tabular-nums';

type Figure = { readonly sum: number; readonly count: number };
type Line = { readonly word: string; readonly ours: Figure; readonly theirs: Figure };

/** Both sides' sums of the day, one under the other. */
export function Totals({ it }: { readonly it: ComparisonView }) {
  const { say } = useReading();
  const { ours, theirs } = it;
  if (ours === null || theirs === null) return null;
  const lines: readonly Line[] = [
    {
      word: say('compare.paid'),
      ours: { sum: ours.paidSum, count: ours.paid },
      theirs: { sum: theirs.paidSum, count: theirs.paid },
    },
    {
      word: say('compare.refunds'),
      ours: { sum: ours.refundSum, count: ours.refunds },
      theirs: { sum: theirs.refundSum, count: theirs.refunds },
    },
  ];
  return (
    <table data-testid="totals" className="w-full border-collapse text-body">
      <thead>
        <tr className="border-b border-line">
          <th className={`${HEAD} text-left`}>{say('compare.what')}</th>
          <th className={`${HEAD} text-right`}>{say('compare.ours')}</th>
          <th className={`${HEAD} text-right`}>{say('compare.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <TotalsRow key={line.word} line={line} it={it} />
        ))}
      </tbody>
    </table>
  );
}

function TotalsRow({ line, it }: { readonly line: Line; readonly it: ComparisonView }) {
  const { say } = useReading();
  const shop = useShop();
  const { word, ours, theirs } = line;
  const gap = ours.sum - theirs.sum;
  const figure = ({ sum, count }: Figure) => (
    <td className={CELL}>
      <span className="block font-semibold">{shop.amount(sum, it.currency)}</span>
      <span className="block text-small text-ink-soft">{say('compare.count', { count })}</span>
    </td>
  );
  return (
    <>
      <tr className={gap === 0 ? 'border-b border-line' : ''}>
        <th scope="row" className="px-2 py-2 text-left align-top font-normal">
          {word}
        </th>
        {figure(ours)}
        {figure(theirs)}
      </tr>
      {gap !== 0 && (
        <tr className="border-b border-line">
          <td colSpan={3} className="px-2 pb-2 text-right text-small font-semibold text-unknown">
            {say('compare.gap')} {shop.amount(gap, it.currency)}
          </td>
        </tr>
      )}
    </>
  );
}
