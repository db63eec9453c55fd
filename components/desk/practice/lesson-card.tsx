'use client';
import Link from 'next/link';
import { useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { openLesson } from '@/components/live/practice-opened';
import { useShop } from '@/components/live/shop';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { Qr } from '@/components/ui/qr';
import { can } from '@/lib/capabilities';
import { LESSON, type LessonName, practiceCode } from '@/lib/practice';
import { Copy } from '../copy';

const LOOK = {
  done: { tone: 'paid', icon: 'check', word: 'practice.done' },
  begun: { tone: 'waiting', icon: 'wait', word: 'practice.begun' },
  'not-begun': { tone: 'plain', icon: 'closed', word: 'practice.not-begun' },
} as const;
const STEPS = ['1', '2', '3'] as const;

type Props = { readonly name: LessonName; readonly is: keyof typeof LOOK };

/** One lesson: why, what to do at the till, what is seen there, and what plays the customer. */
export function LessonCard({ name, is }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { amount, outcome } = LESSON[name];
  const { word, ...look } = LOOK[is];
  const { code: staffCode, role } = shop.setting.staff;
  const begin = () => openLesson(staffCode, name);
  const title = say(`practice.${name}.title`);
  return (
    <li
      data-testid="lesson"
      data-lesson={name}
      data-is={is}
      className="flex min-w-0 flex-col gap-3 rounded-large border border-line bg-panel p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lead font-semibold">{title}</h2>
        <Chip {...look} word={say(word)} />
      </div>
      <p className="text-body text-ink-soft">{say(`practice.${name}.why`)}</p>
      <ol className="flex list-decimal flex-col gap-1 pl-6 text-body">
        {STEPS.map((step) => (
          <li key={step}>{say(`practice.${name}.${step}`, { amount: shop.amount(amount) })}</li>
        ))}
      </ol>
      {name === 'refund' && !can(role, 'refund') && (
        <p className="flex items-center gap-2 text-body text-waiting">
          <Icon name="person" />
          {say('practice.needs-manager')}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link href={`/?lesson=${name}`} className={buttonLook('quiet', true)} onClick={begin}>
          <Icon name="till" />
          {say('practice.start')}
        </Link>
        {outcome === null ? (
          <WalletLink onOpen={begin} />
        ) : (
          <Code outcome={outcome} lesson={title} onShow={begin} />
        )}
      </div>
    </li>
  );
}

function WalletLink({ onOpen }: { readonly onOpen: () => void }) {
  const { say } = useReading();
  const { walletPage } = useShop().setting;
  if (walletPage === null) return null;
  return (
    <a
      href={walletPage}
      target="_blank"
      rel="noreferrer"
      className={buttonLook('bare', true)}
      onClick={onOpen}
    >
      <Icon name="phone" />
      {say('practice.wallet')}
    </a>
  );
}

type CodeProps = {
  readonly outcome: string;
  readonly lesson: string;
  readonly onShow: () => void;
};

/** For a hand scanner, another tablet's camera, or to be copied: a fresh one at each press. */
function Code({ outcome, lesson, onShow }: CodeProps) {
  const { say } = useReading();
  const [code, setCode] = useState<string | null>(null);
  const show = () => {
    onShow();
    setCode(practiceCode(outcome, Math.floor(serverNow() / 1_000)));
  };
  return (
    <>
      <Button loudness="bare" wraps onClick={show}>
        <Icon name="scan" />
        {say(code === null ? 'practice.code' : 'practice.another-code')}
      </Button>
      {code !== null && (
        <div className="flex w-full flex-wrap items-center gap-4">
          <div className="w-code">
            <Qr text={code} label={say('practice.qr-label', { lesson })} />
          </div>
          <div className="flex min-w-0 flex-col items-start">
            <p data-testid="practice-code" className="text-body break-all select-text">
              {code}
            </p>
            <Copy name={lesson} value={code} />
            <p className="text-small text-ink-soft">{say('practice.code-once')}</p>
          </div>
        </div>
      )}
    </>
  );
}
