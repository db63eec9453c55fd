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
import { useShop } from '@/components/live/shop';
import { UpdateNotice } from '@/components/live/update-notice';
import { useWakeLock } from '@/components/live/use-wake-lock';
import { WalletStrip } from '@/components/live/wallet-health';
import { stateWord, walletName } from '@/components/live/words';
import { useAnnounce } from '@/components/ui/announcer';
import { Keypad } from '@/components/ui/keypad';
import { useReading } from '@/components/ui/language';
import { later } from '@/components/ui/later';
import { prepareQr } from '@/components/ui/qr';
import type { PaymentView } from '@/lib/contract';
import { RANK } from '@/lib/payment';
import { AmountPane } from './amount-pane';
import { DoubtCard, NotRecordedCard, OwedCard, ProblemCard } from './cards';
import { FirstTour } from './first-tour';
import { Moment, takesPane } from './moment/moment';
import { Banner, Unpaid } from './moment/outcome';
import { SwitchNotice } from './moment/switch-notice';
import { QuickAmounts } from './quick-amounts';
import { RecentStrip } from './recent-strip';
import { ScanPane } from './scan-pane';
import { watchSecondTaps } from './second-tap';
import { useKeyboard } from './use-keyboard';
import { type LessonAtTill, useLesson } from './use-lesson';
import { useMirror } from './use-mirror';
import { useSounds } from './use-sounds';
import { type Till, useTill } from './use-till';
import { WalletTiles } from './wallet-tiles';

/** Green covers a small screen, but not the keys: the next digit starts the next sale. */
const ABOVE = 'relative z-20 wide:static';

/** A till that sells never wants it. */
const LessonStrip = later(
  () => import('./lesson-strip').then((it) => it.LessonStrip),
  () => null,
);

type Props = {
  /** Of a shop for practice, where somebody came with one. */
  readonly lesson: LessonAtTill | null;
};

export function TillScreen({ lesson }: Props) {
  const counter = useCounter();
  const till = useTill(counter);
  useLesson(lesson, till);
  const { say } = useReading();
  const { entry, locked, payment } = till;
  useEffect(prepareQr, []);
  useKeyboard(till);
  useWakeLock(locked);
  useStateVoice(till);
  useEffect(watchSecondTaps, []);
  const { told, tell } = useTold();
  useSounds(till, counter);
  useMirror({ counter, amount: entry.amount }, locked);
  const shown = till.charge.at === 'known' && payment !== null ? payment.amount : entry.amount;
  const isPaid = payment?.state === 'paid';
  const underWay = 'attempt' in till.charge ? till.charge.attempt.amount : shown;
  return (
    <>
      <main className="flex grow flex-col gap-2 p-3 tablet:gap-4 tablet:p-4 wide:min-h-0 wide:flex-row wide:mirrored:flex-row-reverse">
        <h1 className="sr-only">{say('app.till')}</h1>
        <div className="contents wide:flex wide:w-pane wide:shrink-0 wide:flex-col wide:gap-4">
          <div className="order-1 flex flex-col gap-2">
            <AmountPane
              amount={underWay}
              parts={locked ? [] : entry.parts}
              told={told}
              onAdd={() => till.press('+')}
              tooLarge={entry.tooLarge}
              locked={locked}
              note={entry.note}
              onNote={entry.setNote}
            />
            <QuickAmounts onPut={till.put} onTell={tell} disabled={locked} />
          </div>
          <div className={`order-4 flex grow flex-col wide:min-h-0 ${isPaid ? ABOVE : ''}`}>
            <Keypad onKey={till.press} disabled={locked} yields />
          </div>
        </div>
        <div className="contents wide:flex wide:min-w-0 wide:grow wide:flex-col wide:gap-4">
          {takesPane(till) ? <Moment till={till} /> : <Choice till={till} lesson={lesson} />}
          {isPaid && <Room />}
          <Alerts counter={counter} overGreen={isPaid} />
          {isIdle(till) && (
            <div className="order-2 wide:order-4">
              <UpdateNotice />
            </div>
          )}
        </div>
      </main>
      <RecentStrip counter={counter} onShow={till.show} busy={locked} />
    </>
  );
}

/** No payment is in front and no figure keyed: loading the screen anew costs nobody anything. */
const isIdle = ({ charge, locked, entry }: Till): boolean =>
  charge.at === 'ready' && !locked && entry.amount === 0;

const TOLD_MS = 6000;

/** A word about something small: it stays long enough to be read, and nothing waits for it. */
function useTold() {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return;
    const timer = setTimeout(() => setTold(''), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return { told, tell: setTold };
}

const nothing = () => undefined;

/** On a small screen it holds the place of the tiles, so that the keys over green do not move. */
function Room() {
  return (
    <div inert className="contents wide:hidden">
      <div className="invisible order-3">
        <WalletTiles amount={0} onPick={nothing} />
      </div>
      <div className="invisible order-5 flex flex-col">
        <ScanPane
          {...{ amount: '', open: false, ready: false, refusal: null }}
          {...{ onOpen: nothing, onCode: nothing, onRefused: nothing }}
        />
      </div>
    </div>
  );
}

/** Wallets above, and below them the camera or what must be read first. */
function Choice({ till, lesson }: Props & { readonly till: Till }) {
  const shop = useShop();
  const notice = useNotice(till);
  return (
    <>
      <div className="order-3 flex flex-col gap-2 wide:shrink-0">
        <WalletTiles amount={till.entry.amount} onPick={till.pick} />
        <WalletStrip />
      </div>
      {notice !== null && <div className="order-2 wide:order-4">{notice}</div>}
      <div className="order-2 empty:hidden wide:order-4">
        {lesson === null ? (
          <FirstTour till={till} staffCode={shop.setting.staff.code} />
        ) : (
          <LessonStrip lesson={lesson} till={till} />
        )}
      </div>
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
    return (
      <>
        <SwitchNotice switching={till.over.switching} paymentId={payment.id} />
        <Unpaid {...ended} />
      </>
    );
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
  const place = overGreen ? 'fixed inset-x-3 top-3 mt-band z-20 wide:static wide:mt-0' : '';
  return (
    <div className={`order-2 flex flex-col gap-2 wide:order-4 ${place}`}>
      {unread.slice(0, SHOWN_AT_ONCE).map((payment) => (
        <Banner key={payment.id} payment={payment} onClose={() => read.add(name(payment))} />
      ))}
    </div>
  );
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
