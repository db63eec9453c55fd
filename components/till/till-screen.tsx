'use client';
/**
 * The till: the keypad that never moves, the wallets, and the payment moment in their place. Every
 * press goes to `useTill`; this file only says where things stand.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { useCounter } from '@/components/live/counter';
import { useKeptIds } from '@/components/live/kept-ids';
import { alertsQuery, isAlert, recentQuery } from '@/components/live/queries';
import { useLocked } from '@/components/live/screen-lock';
import { useShop } from '@/components/live/shop';
import { useWakeLock } from '@/components/live/use-wake-lock';
import { useWedge } from '@/components/live/use-wedge';
import { WalletStrip } from '@/components/live/wallet-health';
import { stateWord, walletName } from '@/components/live/words';
import { useAnnounce } from '@/components/ui/announcer';
import { Keypad } from '@/components/ui/keypad';
import { useReading } from '@/components/ui/language';
import { prepareQr } from '@/components/ui/qr';
import type { PaymentView } from '@/lib/contract';
import type { Key } from '@/lib/money';
import { RANK } from '@/lib/payment';
import { AmountPane } from './amount-pane';
import { DoubtCard, NotRecordedCard, OwedCard, ProblemCard } from './cards';
import { Moment, takesPane } from './moment/moment';
import { Banner, Unpaid } from './moment/outcome';
import { QuickAmounts } from './quick-amounts';
import { RecentStrip } from './recent-strip';
import { ScanPane } from './scan-pane';
import { useMirror } from './use-mirror';
import { useSounds } from './use-sounds';
import { type Till, useTill } from './use-till';
import { WalletTiles } from './wallet-tiles';

export function TillScreen() {
  const counter = useCounter();
  const till = useTill(counter);
  const { say } = useReading();
  const { entry, locked, payment } = till;
  useEffect(prepareQr, []);
  useKeyboard(till);
  useWakeLock(locked);
  useStateVoice(till);
  useSounds(till, counter);
  useMirror({ counter, amount: entry.amount }, locked);
  const shown = till.charge.at === 'known' && payment !== null ? payment.amount : entry.amount;
  const underWay = 'attempt' in till.charge ? till.charge.attempt.amount : shown;
  return (
    <>
      <main className="flex grow flex-col gap-2 p-3 tablet:gap-4 tablet:p-4 wide:min-h-0 wide:flex-row wide:mirrored:flex-row-reverse">
        <h1 className="sr-only">{say('app.till')}</h1>
        <div className="contents wide:flex wide:w-pane wide:shrink-0 wide:flex-col wide:gap-4">
          <div className="order-1 flex flex-col gap-2">
            <AmountPane
              amount={underWay}
              tooLarge={entry.tooLarge}
              locked={locked}
              note={entry.note}
              onNote={entry.setNote}
            />
            <QuickAmounts onPut={till.put} disabled={locked} />
          </div>
          <div className="order-4 flex grow flex-col wide:min-h-0">
            <Keypad onKey={till.press} disabled={locked} yields />
          </div>
        </div>
        <div className="contents wide:flex wide:min-w-0 wide:grow wide:flex-col wide:gap-4">
          {takesPane(till) ? <Moment till={till} /> : <Choice till={till} />}
          <Alerts counter={counter} overGreen={payment?.state === 'paid'} />
        </div>
      </main>
      <RecentStrip counter={counter} onShow={till.show} busy={locked} />
    </>
  );
}

/** Wallets above, and below them the camera or what must be read first. */
function Choice({ till }: { readonly till: Till }) {
  const shop = useShop();
  const notice = useNotice(till);
  return (
    <>
      <div className="order-3 flex flex-col gap-2 wide:shrink-0">
        <WalletTiles amount={till.entry.amount} onPick={till.pick} />
        <WalletStrip />
      </div>
      {notice !== null && <div className="order-2 wide:order-4">{notice}</div>}
      <div className="order-5 flex min-h-0 flex-col wide:order-last wide:grow">
        <ScanPane
          amount={shop.amount(till.entry.amount)}
          open={till.camera}
          ready={till.entry.amount > 0}
          refusal={till.refusal}
          onOpen={till.openCamera}
          onCode={till.scanned}
          onRefused={till.refuse}
        />
      </div>
    </>
  );
}

function useNotice(till: Till) {
  const { charge, payment, doubt, entry } = till;
  const endedAt = useEndedAt(payment);
  if (doubt !== null) return <DoubtCard doubt={doubt} onAnswer={till.answerDoubt} />;
  if (charge.at === 'refused') {
    return <ProblemCard problem={charge.problem} onShow={till.show} onClose={till.close} />;
  }
  if (charge.at === 'not-recorded') return <NotRecordedCard onClose={till.close} />;
  if (charge.at === 'known' && payment !== null) {
    const watched = till.watched !== null && RANK[till.watched.state] !== 3;
    const ended = { payment, onClose: till.close, checkedAt: endedAt, watched };
    return <Unpaid {...ended} />;
  }
  const { owed } = entry;
  return owed === null || owed.watched === null ? null : <OwedCard owed={owed} />;
}

/** When this till first saw that the payment had ended: the moment of the check that it tells. */
function useEndedAt(payment: PaymentView | null): number {
  const end = payment === null ? '' : `${payment.id} ${payment.state}`;
  const [seen, setSeen] = useState({ end: '', at: 0 });
  if (seen.end === end) return seen.at;
  const next = { end, at: serverNow() };
  setSeen(next);
  return next.at;
}

/** The next one comes when one of these has been read. */
const SHOWN_AT_ONCE = 2;

type AlertsProps = { readonly counter: string; readonly overGreen: boolean };

function Alerts({ counter, overGreen }: AlertsProps) {
  const recent = useQuery(recentQuery(counter)).data ?? [];
  const heard = useQuery(alertsQuery(counter)).data ?? [];
  const read = useKeptIds('read', 'tablet');
  const known = new Set(heard.map(({ id }) => id));
  const all = [...heard, ...recent.filter((one) => isAlert(one) && !known.has(one.id))];
  // A payment can become late first and a matter for a manager afterwards: both are to be read.
  const name = ({ id, review }: (typeof all)[number]) => `${id}:${review ?? 'late'}`;
  const unread = all.filter((payment) => isAlert(payment) && !read.has(name(payment)));
  if (unread.length === 0) return null;
  // Where green fills the whole screen, what must be read stands on top of it.
  const place = overGreen ? 'fixed inset-x-3 top-3 z-20 wide:static' : '';
  return (
    <div className={`order-2 flex flex-col gap-2 wide:order-4 ${place}`}>
      {unread.slice(0, SHOWN_AT_ONCE).map((payment) => (
        <Banner key={payment.id} payment={payment} onClose={() => read.add(name(payment))} />
      ))}
    </div>
  );
}

const KEYBOARD: Readonly<Record<string, Key>> = { Backspace: 'back', Delete: 'clear' };

/**
 * The keys of a keyboard and the bursts of a hand scanner come through one ear. It also listens
 * while a payment runs, and then does nothing: else the scanner's Enter would press a button.
 */
function useKeyboard(till: Till): void {
  const screenLocked = useLocked();
  useWedge({
    enabled: !screenLocked,
    onScan(text, symbology) {
      if (!till.locked) till.read(text, symbology);
    },
    onKey(key) {
      // What is typed into a dialog is not meant for the till behind it.
      if (till.locked || document.querySelector('dialog[open]') !== null) return;
      if (/^\d$/.test(key)) till.press(key as Key);
      else if (KEYBOARD[key] !== undefined) till.press(KEYBOARD[key]);
      else if (key === 'Escape' && till.camera) till.openCamera(false);
      else if (key === 'Escape' && till.charge.at !== 'ready') till.close();
    },
  });
}

/** Says each change of the payment in front aloud, for those who listen. */
function useStateVoice({ payment }: Till): void {
  const announce = useAnnounce();
  const { say } = useReading();
  const shop = useShop();
  const state = payment?.state ?? null;
  useEffect(() => {
    if (payment === null || state === null) return;
    announce(
      say('announce.state', {
        amount: shop.amount(payment.amount, payment.currency),
        wallet: walletName(payment, say),
        state: say(stateWord(state)),
      }),
    );
  }, [state, payment, announce, say, shop]);
}
