'use client';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Cut } from '@/components/ui/cut';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { Look } from '@/components/ui/preference';
import type { TillSetting } from '@/lib/contract';
import { CounterButton } from './counter-button';
import { useInboxCount } from './inbox-count';
import { PersonButton } from './person-button';
import { signOut } from './session';
import { useShop } from './shop';
import { TabletButton } from './tablet-button';
import type { Link as LinkState } from './use-events';
import { HealthDialog } from './wallet-health';

type Props = {
  readonly look: Look;
  readonly link: LinkState;
  readonly at: 'till' | 'desk';
};

/** Where, who and whether the server hears us; each with a word. */
export function StatusLine({ look, link, at }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  const inbox = useInboxCount();
  const waits = at === 'till' && inbox !== '';
  // What waits for a manager takes the room of words that an icon says as well.
  const lesser = waits ? 'sr-only' : 'sr-only tablet:not-sr-only';
  return (
    <header className="flex flex-wrap items-center gap-x-2 border-b border-line bg-panel px-2 tablet:gap-x-3 tablet:px-4 wide:flex-nowrap">
      <strong className="flex min-w-0 pl-2 text-body tablet:pl-0">
        <Cut>{setting.shop}</Cut>
      </strong>
      <CounterButton />
      <PersonButton />
      <Environment environment={setting.environment} />
      <div className="ml-auto flex flex-wrap items-center tablet:gap-x-1 wide:shrink-0 wide:flex-nowrap">
        <NetworkChip link={link} />
        {setting.walletPage !== null && (
          <span className="hidden tablet:contents">
            <a
              href={setting.walletPage}
              target="_blank"
              rel="noreferrer"
              title={say('wallet-page.open')}
              className={buttonLook('bare')}
            >
              <Icon name="phone" />
              <span className="sr-only">{say('wallet-page.open')}</span>
            </a>
          </span>
        )}
        {waits && <Inbox open={inbox} />}
        <OtherScreen at={at} />
        <LanguageSwitch />
        <TabletButton look={look} />
        <button
          type="button"
          title={say('status.sign-out')}
          className={buttonLook('bare')}
          onClick={() => void signOut()}
        >
          <Icon name="leave" />
          <span className={lesser}>{say('status.sign-out')}</span>
        </button>
      </div>
    </header>
  );
}

function OtherScreen({ at }: { readonly at: Props['at'] }) {
  const { say } = useReading();
  const isTill = at === 'till';
  return (
    <Link href={isTill ? '/history' : '/'} data-tour="sales" className={buttonLook('bare')}>
      <Icon name={isTill ? 'list' : 'till'} />
      <span className="sr-only tablet:not-sr-only">
        {say(isTill ? 'status.sales' : 'status.till')}
      </span>
    </Link>
  );
}

/** What waits for a manager, where a manager stands at the till. */
function Inbox({ open }: { readonly open: string }) {
  const { say } = useReading();
  return (
    <Link href="/inbox" data-testid="inbox-link" className={buttonLook('stop')}>
      <Icon name="inbox" />
      {say('status.inbox', { count: open })}
    </Link>
  );
}

function Environment({ environment }: Pick<TillSetting, 'environment'>) {
  const { say } = useReading();
  if (environment === 'prod') return null;
  const look = { tone: environment === 'test' ? 'stop' : 'unknown', icon: 'unknown' } as const;
  const chip = (
    <span data-testid="environment" data-environment={environment}>
      <span className="tablet:hidden">
        <Chip {...look} word={say(`environment.${environment}-short`)} />
      </span>
      <span className="hidden tablet:inline">
        <Chip {...look} word={say(`environment.${environment}`)} />
      </span>
    </span>
  );
  if (environment !== 'simulator') return chip;
  return (
    <Link
      href="/practice"
      title={say('person.practice')}
      className="inline-flex min-h-touch items-center"
    >
      {chip}
    </Link>
  );
}

const LINK = {
  connecting: { tone: 'plain', icon: 'online', word: 'status.connecting' },
  live: { tone: 'plain', icon: 'online', word: 'status.online' },
  polling: { tone: 'unknown', icon: 'online', word: 'status.polling-short' },
  offline: { tone: 'stop', icon: 'offline', word: 'status.offline' },
} as const;

/** In one place: whether the server hears us, and behind a press how the wallets do. */
function NetworkChip({ link }: Pick<Props, 'link'>) {
  const { say } = useReading();
  const [open, setOpen] = useState(false);
  useStaying(link === 'offline', () => setOpen(true));
  const { word, ...look } = LINK[link];
  return (
    <>
      <span data-testid="network" data-link={link} role="status">
        <button
          type="button"
          title={link === 'polling' ? say('status.polling') : say('health.title')}
          className="inline-flex min-h-touch items-center"
          onClick={() => setOpen(true)}
        >
          <Chip {...look} word={say(word)} />
        </button>
      </span>
      {open && <HealthDialog link={link} onClose={() => setOpen(false)} />}
    </>
  );
}

/**
 * Without a network every other page is an error of the browser, and what can be read here would be
 * lost with it: whoever presses a link is told so and stays.
 */
function useStaying(offline: boolean, tell: () => void): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!offline) return;
    const stay = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.origin !== window.location.origin) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('click', stay, { capture: true });
    return () => window.removeEventListener('click', stay, { capture: true });
  }, [offline]);
}
