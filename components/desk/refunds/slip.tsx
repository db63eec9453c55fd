'use client';
/**
 * The customer's slip: how much goes back, to which wallet, under which numbers, how far it is, and
 * what to expect. It says done only when the server does.
 */
import { useQuery } from '@tanstack/react-query';
import { ShopProvider, useShop } from '@/components/live/shop';
import { walletName } from '@/components/live/words';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Reader, useReading } from '@/components/ui/language';
import type { RefundRecord } from '@/lib/contract-refunds';
import type { Language, Messages } from '@/lib/messages/language';
import type { Settings } from '@/lib/settings';
import { refundQuery } from './refund-calls';
import { type Step, stepOf } from './steps';

const AGAIN_MS = 5_000;
const ENDED: readonly Step[] = ['done', 'refused', 'withdrawn'];

type Props = {
  readonly id: string;
  /** What the customer reads, whatever the staff do: the first of the languages, and the words. */
  readonly paper: { readonly language: Language; readonly messages: Messages };
  readonly text: Text;
};
/** The shop's own lines. */
type Text = Settings['receipt-text'];

export function Slip({ id, paper, text }: Props) {
  const { say, language } = useReading();
  const { setting } = useShop();
  const { data, error, refetch } = useQuery({
    ...refundQuery(id, language),
    refetchInterval: ({ state }) =>
      state.data !== undefined && ENDED.includes(stepOf(state.data.refund)) ? false : AGAIN_MS,
  });
  if (data === undefined) {
    return (
      <main className="flex flex-col items-start gap-3 p-6">
        <p role={error === null ? 'status' : 'alert'} className="text-body">
          {say(error === null ? 'history.loading' : 'refunds.failed')}
        </p>
        {error !== null && <Button onClick={() => void refetch()}>{say('history.again')}</Button>}
      </main>
    );
  }
  return (
    <main className="flex flex-col items-center gap-4 p-4 print:p-0">
      <div className="print:hidden">
        <Button loudness="loud" onClick={() => window.print()}>
          <Icon name="print" />
          {say('slip.print')}
        </Button>
      </div>
      <div lang={paper.language}>
        <Reader {...paper}>
          <ShopProvider setting={setting}>
            <Paper record={data} text={text} />
          </ShopProvider>
        </Reader>
      </div>
    </main>
  );
}

type PaperProps = { readonly record: RefundRecord; readonly text: Text };

/** Black on white in every theme: it is a picture of paper. */
export function Paper({ record: { refund, payment }, text }: PaperProps) {
  const { say } = useReading();
  const shop = useShop();
  const noRealMoney = shop.setting.environment === 'simulator';
  const [name = shop.setting.shop, ...address] = text.header;
  const step = stepOf(refund);
  const wallet = walletName(payment, say);
  const time = (at: string) => `${at.slice(0, 10)} ${shop.second(at)}`;
  const lines: readonly (readonly [string, string | null])[] = [
    [say('slip.paid'), shop.amount(payment.amount, payment.currency)],
    [say('refunds.wallet'), wallet],
    [say('slip.asked'), time(refund.createdAt)],
    [say('slip.given'), refund.doneAt === null ? null : time(refund.doneAt)],
    [say('slip.number'), refund.id],
    [say('slip.payment'), payment.id],
    [say('slip.qfpay'), refund.qfpayNumber ?? payment.qfpayNumber],
    [say('slip.wallet-number'), payment.walletNumber],
  ];
  return (
    <article
      data-testid="slip"
      className="slip box-content flex w-slip flex-col gap-2 bg-qr-paper p-4 text-qr-ink print:box-border print:p-0"
    >
      <h1 className="text-center text-lead font-semibold wrap-anywhere">{name}</h1>
      <Lines of={address} />
      {noRealMoney && (
        <p className="text-center text-body font-semibold">{say('environment.simulator')}</p>
      )}
      <p className="text-center text-body">{say('slip.title')}</p>
      <p className="text-center text-head font-semibold">
        {shop.amount(refund.amount, refund.currency)}
      </p>
      <p data-testid="slip-state" className="text-center text-body font-semibold">
        {say(`refunds.step.${step}`)}
      </p>
      {refund.wakesAt !== null && (
        <p className="text-center text-small">
          {say('refunds.fires', { time: shop.day(refund.wakesAt) })}
        </p>
      )}
      <dl className="flex flex-col gap-1 text-small">
        {lines.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="flex flex-wrap justify-between gap-x-2">
              <dt>{name}</dt>
              <dd className="ml-auto min-w-0 text-right break-all">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {step !== 'refused' && step !== 'withdrawn' && <Expect step={step} payment={payment} />}
      <Lines of={text.footer} />
    </article>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <p className="text-center text-small wrap-anywhere whitespace-pre-line">{of.join('\n')}</p>
  );
}

type ExpectProps = { readonly step: Step; readonly payment: RefundRecord['payment'] };

/** Where a wallet's own pages say how long it takes, that; else that the wallet decides. */
function Expect({ step, payment }: ExpectProps) {
  const { say } = useReading();
  const wallet = walletName(payment, say);
  return (
    <p className="text-small">
      {payment.wallet === 'wechat'
        ? say('slip.expect.wechat')
        : say('slip.expect.other', { wallet })}{' '}
      {step !== 'done' && say('slip.keep')}
    </p>
  );
}
