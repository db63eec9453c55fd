'use client';
import { useState } from 'react';
import { useServerNow } from '@/components/live/clock';
import { minutes, secondsTo } from '@/components/live/countdown';
import { useShop } from '@/components/live/shop';
import { TimeLeft } from '@/components/live/time-left';
import type { Acts } from '@/components/live/use-acts';
import { walletName } from '@/components/live/words';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import { Qr } from '@/components/ui/qr';
import type { PaymentView } from '@/lib/contract';
import type { Wallet } from '@/lib/wallets';
import { Camera, type ScanRefusal } from '../scan-pane';
import { Face, FaceHead } from './face';

type Props = { readonly payment: PaymentView; readonly acts: Acts };

/** The server knows it and has not yet put a QR or a question to the customer. */
export function Preparing({ payment, acts }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const wallet = walletName(payment, say);
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone="waiting"
      label={say('payment.label')}
    >
      <FaceHead
        amount={shop.amount(payment.amount, payment.currency)}
        icon="wait"
        tone="text-waiting"
        says={
          payment.mode === 'MPM'
            ? say('payment.creating', { wallet })
            : say('payment.creating-code')
        }
      />
      <p className="mt-4 max-w-prose text-lead">{say('payment.creating-slow')}</p>
      <WayOut acts={acts} />
    </Face>
  );
}

type Reader = {
  readonly onCode: (code: string, hint: Wallet | null) => void;
  readonly onRefused: (why: ScanRefusal) => void;
};
type QrProps = Props & {
  /** Where a scan goes; without it the pane only shows. */
  readonly reader?: Reader;
};

/**
 * The QR for the customer, large, with the time that is left and who must act. The customer may
 * show a code instead: the hand scanner is armed all along, and the camera after one tap.
 */
export function ShowQr({ payment, acts, reader }: QrProps) {
  const { say } = useReading();
  const shop = useShop();
  const now = useServerNow();
  const [camera, setCamera] = useState(false);
  const wallet = walletName(payment, say);
  const amount = shop.amount(payment.amount, payment.currency);
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone="waiting"
      label={say('payment.label')}
    >
      <div className="flex min-h-0 grow flex-col gap-4 wide:flex-row wide:gap-6 wide:mirrored:flex-row-reverse">
        <div className="contents wide:flex wide:w-aside wide:shrink-0 wide:flex-col wide:gap-4">
          <div className="order-1">
            <FaceHead
              amount={amount}
              icon="phone"
              tone="text-waiting"
              says={say('payment.qr', { wallet })}
              alone={false}
            />
          </div>
          <div className="order-3 flex flex-col gap-4">
            <TimeLeft
              payment={payment}
              now={now}
              says={(time) => say('payment.time-left', { time })}
            />
            <ActRefused acts={acts} />
            {reader !== undefined && <Instead open={camera} onOpen={setCamera} />}
            <SaysPaid acts={acts} />
          </div>
          <div className="order-4 flex grow flex-wrap content-end gap-2 mirrored:flex-row-reverse wide:flex-col wide:mirrored:flex-col wide:content-start wide:items-start wide:justify-between">
            <Button loudness="quiet" onClick={acts.onCancel} disabled={acts.busy !== null}>
              {say('payment.change-wallet')}
            </Button>
            <span className="grow wide:hidden" />
            <CancelButton acts={acts} />
          </div>
        </div>
        <div className="order-2 flex justify-center wide:order-last wide:min-w-0 wide:grow wide:items-center">
          {camera && reader !== undefined ? (
            <Camera {...reader} />
          ) : (
            payment.qrCode !== null && (
              <Qr text={payment.qrCode} label={say('payment.qr-alt', { amount, wallet })} />
            )
          )}
        </div>
      </div>
    </Face>
  );
}

type InsteadProps = { readonly open: boolean; readonly onOpen: (open: boolean) => void };

/** The other way to pay the same sale, without a question asked first. */
function Instead({ open, onOpen }: InsteadProps) {
  const { say } = useReading();
  return (
    <div data-testid="armed" className="flex flex-col items-start gap-2">
      <p className="text-body text-ink-soft">{say('payment.or-scan')}</p>
      <Button loudness="quiet" data-key="S" onClick={() => onOpen(!open)}>
        <Icon name={open ? 'back' : 'scan'} />
        {say(open ? 'payment.show-qr' : 'payment.scan-instead')}
        <KeyHint keys="S" />
      </Button>
    </div>
  );
}

/** The customer is asked on the phone (CPM): how long already, and nothing to press again. */
export function Confirming({ payment, acts }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const now = useServerNow();
  const elapsed = now === 0 ? 0 : secondsTo(now, Date.parse(payment.createdAt));
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone="waiting"
      label={say('payment.label')}
    >
      <FaceHead
        amount={shop.amount(payment.amount, payment.currency)}
        icon="phone"
        tone="text-waiting"
        says={say('payment.confirming')}
      />
      <p className="mt-4 text-lead text-ink-soft">
        {say('payment.code-read')} · {walletName(payment, say)}
      </p>
      <p className="mt-4 text-head font-semibold" data-testid="elapsed" data-seconds={elapsed}>
        {say('payment.confirming-elapsed', { time: minutes(elapsed) })}
      </p>
      <div className="mt-4">
        <SaysPaid acts={acts} />
      </div>
      <WayOut acts={acts} />
    </Face>
  );
}

/** Nobody takes the customer's word for it, or their screen's: QFPay's answer is shown. */
function SaysPaid({ acts }: Pick<Props, 'acts'>) {
  const { say } = useReading();
  return (
    <div className="flex flex-col items-start gap-2 pt-2">
      <Button onClick={acts.onCheck} disabled={acts.busy !== null} wraps>
        {say(acts.busy === 'check' ? 'payment.checking-now' : 'payment.says-paid')}
      </Button>
      <ToldByQfpay acts={acts} />
    </div>
  );
}

/** What QFPay said and when, in shop time. */
export function ToldByQfpay({ acts: { told } }: Pick<Props, 'acts'>) {
  const { say } = useReading();
  const shop = useShop();
  const says =
    told === null || told === 'nothing'
      ? told && say('payment.told-nothing')
      : say('payment.told', { time: shop.second(told.at), answer: say(`answer.${told.says}`) });
  return (
    <p role="status" data-testid="told" className="text-body font-semibold empty:hidden">
      {says}
    </p>
  );
}

/** The one way out, far from everything else. */
function WayOut({ acts }: Pick<Props, 'acts'>) {
  return (
    <div className="mt-auto flex flex-col items-end gap-2 pt-6 mirrored:items-start">
      <ActRefused acts={acts} />
      <CancelButton acts={acts} />
    </div>
  );
}

export function ActRefused({ acts }: Pick<Props, 'acts'>) {
  return (
    <p role="alert" className="text-body text-stop empty:hidden">
      {acts.refused}
    </p>
  );
}

function CancelButton({ acts }: Pick<Props, 'acts'>) {
  const { say } = useReading();
  return (
    <Button loudness="stop" data-key="Escape" onClick={acts.onCancel} disabled={acts.busy !== null}>
      <Icon name="close" />
      {say(acts.busy === 'cancel' ? 'payment.cancel-asked' : 'payment.cancel')}
      <KeyHint keys="Esc" />
    </Button>
  );
}
