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
import { signOut } from './session';
import { useShop } from './shop';
import type { Link as LinkState } from './use-events';

type Props = {
  readonly theme: Theme;
  readonly link: LinkState;
  readonly at: 'till' | 'sales';
};

/** Where, who and whether the server hears us; each with a word. */
export function StatusLine({ theme, link, at }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  return (
    <header className="flex flex-wrap items-center gap-x-3 border-b border-line bg-panel px-4">
      <p className="flex min-h-touch items-center gap-2 whitespace-nowrap text-body">
        <strong className="max-w-form overflow-hidden text-ellipsis">{setting.shop}</strong>
      </p>
      <CounterButton />
      <span className="max-w-form overflow-hidden text-ellipsis whitespace-nowrap text-ink-soft">
        {setting.staff.name}
      </span>
      <Environment environment={setting.environment} />
      <div className="ml-auto flex flex-wrap items-center gap-x-1">
        <NetworkChip link={link} />
        {setting.walletPage !== null && (
          <a
            href={setting.walletPage}
            target="_blank"
            rel="noreferrer"
            className={`${buttonLook('bare')} hidden tablet:inline-flex`}
          >
            <Icon name="phone" />
            {say('wallet-page.open')}
          </a>
        )}
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

function Environment({ environment }: Pick<TillSetting, 'environment'>) {
  const { say } = useReading();
  if (environment === 'prod') return null;
  return (
    <Chip
      tone={environment === 'test' ? 'stop' : 'unknown'}
      icon="unknown"
      word={say(`environment.${environment}`)}
    />
  );
}

const LINK = {
  connecting: { tone: 'plain', icon: 'online', word: 'status.connecting' },
  live: { tone: 'plain', icon: 'online', word: 'status.online' },
  polling: { tone: 'unknown', icon: 'online', word: 'status.polling' },
  offline: { tone: 'stop', icon: 'offline', word: 'status.offline' },
} as const;

function NetworkChip({ link }: Pick<Props, 'link'>) {
  const { say } = useReading();
  const { word, ...look } = LINK[link];
  return (
    <span data-testid="network" data-link={link} role="status">
      <Chip {...look} word={say(word)} />
    </span>
  );
}
