'use client';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { refundLookOf, stateWord } from '@/components/live/words';
import { useReading } from '@/components/ui/language';
import type { ShiftFiguresView } from '@/lib/contract-shift';
import { walletWord } from '../wallet-word';

type Props = { readonly figures: ShiftFiguresView };

const HEAD = 'py-1 text-small font-semibold text-ink-soft';
const TITLE = 'text-body font-semibold';
const SECTION = 'flex flex-col gap-2';
const ROW = 'border-b border-line align-top';

export function Wallets({ figures: { wallets, currency } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (wallets.length === 0) {
    return <p className="text-body text-ink-soft">{say('shift.nothing')}</p>;
  }
  return (
    <section className={SECTION}>
      <h3 className={TITLE}>{say('shift.by-wallet')}</h3>
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b border-line text-right">
            <th className={`${HEAD} text-left`}>{say('shift.wallet')}</th>
            <th className={HEAD}>{say('shift.taken')}</th>
            <th className={HEAD}>{say('shift.net')}</th>
          </tr>
        </thead>
        <tbody className="text-right">
          {wallets.map((line) => (
            <tr key={line.wallet} className={ROW} data-testid={`wallet-${line.wallet}`}>
              <th scope="row" className="py-2 text-left font-normal">
                {walletWord(line.wallet, say)}
              </th>
              <td className="py-2">
                {shop.amount(line.amount, currency)}
                <span className="block text-small text-ink-soft">
                  {line.count} × {shop.amount(line.average, currency)}
                </span>
              </td>
              <td className="py-2 font-semibold">
                {shop.amount(line.net, currency)}
                {line.refundCount > 0 && (
                  <span className="block text-small font-normal text-ink-soft">
                    {say('shift.refunds')} {line.refundCount} ·{' '}
                    {shop.amount(line.refundAmount, currency)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Only where there is any. */
export function Others({ figures: { others } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (others.length === 0) return null;
  return (
    <section className={SECTION}>
      <h3 className={TITLE}>{say('shift.others')}</h3>
      <ul className="text-body">
        {others.map(({ currency, net }) => (
          <li key={currency} className="flex justify-between gap-4">
            <span>{currency}</span>
            <span>{shop.amount(net, currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only where there is any: most shifts have none. */
export function Late({ figures: { late, currency } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (late.count === 0) return null;
  const amount = shop.amount(late.amount, currency);
  return (
    <section className={SECTION} data-testid="late">
      <h3 className={TITLE}>{say('shift.late')}</h3>
      <p className="text-small text-ink-soft">
        {say('shift.late-says', { count: late.count, amount })}
      </p>
      <ul className="text-body">
        {late.named.map((it) => (
          <Line key={it.id} id={it.id} amount={shop.amount(it.amount, it.currency)}>
            {shop.day(it.arrivedAt)} {walletWord(it.wallet, say)}
          </Line>
        ))}
      </ul>
    </section>
  );
}

export function Flight({ figures }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { openPayments, openRefunds } = figures;
  if (openPayments.count + openRefunds.count === 0) {
    return <p className="text-small text-ink-soft">{say('shift.flight-none')}</p>;
  }
  return (
    <section className={SECTION} data-testid="flight">
      <h3 className={TITLE}>{say('shift.flight')}</h3>
      <p className="text-small text-ink-soft">{say('shift.flight-says')}</p>
      <ul className="text-body">
        {openPayments.named.map((it) => (
          <Line key={it.id} id={it.id} amount={shop.amount(it.amount, it.currency)}>
            {say('shift.payment')} {shop.day(it.createdAt)} · {say(stateWord(it.state))}
          </Line>
        ))}
        {openRefunds.named.map((it) => (
          <Line key={it.id} id={it.id} amount={shop.amount(it.amount, it.currency)}>
            {say('shift.refund')} {shop.day(it.createdAt)} · {say(refundLookOf(it).word)}
          </Line>
        ))}
      </ul>
    </section>
  );
}

type LineProps = {
  readonly id: string;
  readonly amount: string;
  readonly children: ReactNode;
};

/** What it is and its number on the left, its amount on the right. */
export function Line({ id, amount, children }: LineProps) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-b border-current/20 py-1">
      <span className="min-w-0">
        {children}
        <span className="block break-all text-small opacity-70">{id}</span>
      </span>
      <span className="ml-auto text-right">{amount}</span>
    </li>
  );
}
