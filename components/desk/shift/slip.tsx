'use client';
/**
 * The X or the Z on paper: one column that fits a roll of 80 mm as well as a sheet of A4, black on
 * white in every theme. On the screen it is not shown; while it stands there, printing prints it.
 */
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { serverNow } from '@/components/live/clock';
import { useShop } from '@/components/live/shop';
import { refundLookOf, stateWord } from '@/components/live/words';
import { useReading } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';
import { walletWord } from '../wallet-word';
import { closedWords, openedWords } from './shift-words';
import { Line } from './takings-tables';

type Props = {
  readonly shift: ShiftView;
  /** The Z itself has been printed before, or elsewhere. */
  readonly isCopy: boolean;
  readonly onPrinted: () => void;
};

export function Slip({ shift, isCopy, onPrinted }: Props) {
  const [body, setBody] = useState<HTMLElement | null>(null);
  const [printedAt, setPrintedAt] = useState<number | null>(null);
  useEffect(() => setBody(document.body), []);
  useEffect(() => {
    const before = () => setPrintedAt(serverNow());
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', onPrinted);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', onPrinted);
    };
  }, [onPrinted]);
  if (body === null) return null;
  return createPortal(<Paper {...{ shift, isCopy, printedAt }} />, body);
}

type PaperProps = Pick<Props, 'shift' | 'isCopy'> & { readonly printedAt: number | null };

export function Paper({ shift, isCopy, printedAt }: PaperProps) {
  const { say } = useReading();
  const shop = useShop();
  const { figures, number } = shift;
  const { takings, currency } = figures;
  const money = (minor: number) => shop.amount(minor, currency);
  return (
    <div
      data-slip
      className="hidden w-full max-w-prose bg-qr-paper text-small text-qr-ink print:block"
    >
      <Block>
        <p className="text-lead font-semibold break-words">{shop.setting.shop}</p>
        {shop.setting.environment === 'simulator' && (
          <p className="text-lead font-semibold">{say('environment.simulator')}</p>
        )}
        <p className="text-lead font-semibold">
          {number === null ? 'X' : say('shift.z-number', { number })}
          {number === null && ` · ${say('shift.not-sealed')}`}
          {isCopy && ` · ${say('shift.copy')}`}
        </p>
        <p>{say('shift.of-counter', { counter: shift.counter })}</p>
        <p>{say('shift.day', { day: shift.day })}</p>
        <p>{openedWords(shift, say, shop.day)}</p>
        <p>{closedWords(shift, say, shop)}</p>
      </Block>
      <Block>
        <Pair name={say('shift.sales')} value={String(takings.count)} />
        <Pair name={say('shift.taken')} value={money(takings.amount)} />
        <Pair name={say('shift.average')} value={money(takings.average)} />
        <Pair
          name={`${say('shift.refunds')} (${takings.refundCount})`}
          value={money(-takings.refundAmount)}
        />
        <Pair strong name={say('shift.net')} value={money(takings.net)} />
      </Block>
      {figures.wallets.map((line) => (
        <Block key={line.wallet}>
          <p className="font-semibold">{walletWord(line.wallet, say)}</p>
          <Pair name={`${say('shift.taken')} (${line.count})`} value={money(line.amount)} />
          <Pair name={say('shift.average')} value={money(line.average)} />
          {line.refundCount > 0 && (
            <Pair
              name={`${say('shift.refunds')} (${line.refundCount})`}
              value={money(-line.refundAmount)}
            />
          )}
          <Pair strong name={say('shift.net')} value={money(line.net)} />
        </Block>
      ))}
      <Rest shift={shift} />
      {printedAt !== null && (
        <p className="pt-2">{say('shift.printed-at', { time: shop.day(printedAt) })}</p>
      )}
    </div>
  );
}

/** What stands below the takings: other currencies, late money, what is in flight, corrections. */
function Rest({ shift }: Pick<Props, 'shift'>) {
  const { say } = useReading();
  const shop = useShop();
  const { others, late, currency } = shift.figures;
  const lateSums = { count: late.count, amount: shop.amount(late.amount, currency) };
  return (
    <>
      {others.length > 0 && (
        <Block title={say('shift.others')}>
          {others.map((each) => (
            <Pair
              key={each.currency}
              name={each.currency}
              value={shop.amount(each.net, each.currency)}
            />
          ))}
        </Block>
      )}
      {late.count > 0 && (
        <Block title={say('shift.late')}>
          <p>{say('shift.late-says', lateSums)}</p>
          <ul>
            {late.named.map((it) => (
              <Line key={it.id} id={it.id} amount={shop.amount(it.amount, it.currency)}>
                {shop.day(it.arrivedAt)}
              </Line>
            ))}
          </ul>
        </Block>
      )}
      <Flight shift={shift} />
      {shift.corrections.length > 0 && (
        <Block title={say('shift.corrections')}>
          {shift.corrections.map(({ at, staff, reason }) => (
            <p key={`${at} ${staff} ${reason}`} className="break-words">
              {say('shift.correction-by', { time: shop.day(at), staff })}: {reason}
            </p>
          ))}
        </Block>
      )}
    </>
  );
}

function Flight({ shift }: Pick<Props, 'shift'>) {
  const { say } = useReading();
  const shop = useShop();
  const { openPayments, openRefunds, currency } = shift.figures;
  const sums = ({ count, amount }: { readonly count: number; readonly amount: number }) => ({
    count,
    amount: shop.amount(amount, currency),
  });
  if (openPayments.count + openRefunds.count === 0) {
    return <Block>{say('shift.flight-none')}</Block>;
  }
  return (
    <Block title={say('shift.flight')}>
      <p>{say('shift.flight-says')}</p>
      <p>{say('shift.flight-payments', sums(openPayments))}</p>
      <p>{say('shift.flight-refunds', sums(openRefunds))}</p>
      <ul>
        {openPayments.named.map((it) => (
          <Line key={it.id} id={it.id} amount={shop.amount(it.amount, it.currency)}>
            {shop.day(it.createdAt)} {say(stateWord(it.state))}
          </Line>
        ))}
        {openRefunds.named.map((it) => (
          <Line key={it.id} id={it.id} amount={shop.amount(-it.amount, it.currency)}>
            {shop.day(it.createdAt)} {say(refundLookOf(it).word)}
          </Line>
        ))}
      </ul>
    </Block>
  );
}

type BlockProps = { readonly title?: string; readonly children: ReactNode };

const Block = ({ title, children }: BlockProps) => (
  <section className="break-inside-avoid border-b border-current py-2">
    {title !== undefined && <p className="font-semibold">{title}</p>}
    {children}
  </section>
);

type PairProps = { readonly name: string; readonly value: string; readonly strong?: boolean };

/** A long amount goes to a line of its own before it is cut. */
const Pair = ({ name, value, strong = false }: PairProps) => (
  <p className={`flex flex-wrap justify-between gap-x-2 ${strong ? 'font-semibold' : ''}`}>
    <span>{name}</span>
    <span className="ml-auto text-right">{value}</span>
  </p>
);
