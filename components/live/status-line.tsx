'use client';
import Link from 'next/link';
import { buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { Theme } from '@/components/ui/preference';
import { ThemeSwitch } from '@/components/ui/theme-switch';
import type { TillSetting } from '@/lib/contract';
import { CounterButton } from './counter-button';
import { useInboxCount } from './inbox-count';
import { PersonButton } from './person-button';
import { signOut } from './session';
import { useShop } from './shop';
import type { Link as LinkState } from './use-events';

type Props = {
  readonly theme: Theme;
  readonly link: LinkState;
  readonly at: 'till' | 'desk';
};

/** Where, who and whether the server hears us; each with a word. */
export function StatusLine({ theme, link, at }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  return (
    <header className="flex flex-wrap items-center gap-x-2 border-b border-line bg-panel px-2 tablet:gap-x-3 tablet:px-4 wide:flex-nowrap">
      <strong className={`pl-2 text-body tablet:pl-0 ${CUT}`}>{setting.shop}</strong>
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
              className={buttonLook('bare')}
            >
              <Icon name="phone" />
              {say('wallet-page.open')}
            </a>
          </span>
        )}
        {at === 'till' && <Inbox />}
        <OtherScreen at={at} />
        <LanguageSwitch />
        <ThemeSwitch theme={theme} />
        <button type="button" className={buttonLook('bare')} onClick={() => void signOut()}>
          <Icon name="leave" />
          <span className="sr-only tablet:not-sr-only">{say('status.sign-out')}</span>
        </button>
      </div>
    </header>
  );
}

/** A long name is cut: nothing below may move because of it. */
const CUT = 'min-w-0 overflow-hidden text-ellipsis whitespace-nowrap';

function OtherScreen({ at }: { readonly at: Props['at'] }) {
  const { say } = useReading();
  const isTill = at === 'till';
  return (
    <Link href={isTill ? '/history' : '/'} className={buttonLook('bare')}>
      <Icon name={isTill ? 'list' : 'till'} />
      <span className="sr-only tablet:not-sr-only">
        {say(isTill ? 'status.sales' : 'status.till')}
      </span>
    </Link>
  );
}

/** What waits for a manager, where a manager stands at the till. */
function Inbox() {
  const { say } = useReading();
  const open = useInboxCount();
  if (open === '') return null;
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
  return (
    <span data-testid="environment" data-environment={environment}>
      <span className="tablet:hidden">
        <Chip {...look} word={say(`environment.${environment}-short`)} />
      </span>
      <span className="hidden tablet:inline">
        <Chip {...look} word={say(`environment.${environment}`)} />
      </span>
    </span>
  );
}

const LINK = {
  connecting: { tone: 'plain', icon: 'online', word: 'status.connecting' },
  live: { tone: 'plain', icon: 'online', word: 'status.online' },
  polling: { tone: 'unknown', icon: 'online', word: 'status.polling-short' },
  offline: { tone: 'stop', icon: 'offline', word: 'status.offline' },
} as const;

function NetworkChip({ link }: Pick<Props, 'link'>) {
  const { say } = useReading();
  const { word, ...look } = LINK[link];
  return (
    <span
      data-testid="network"
      data-link={link}
      role="status"
      title={link === 'polling' ? say('status.polling') : undefined}
    >
      <Chip {...look} word={say(word)} />
    </span>
  );
}
