'use client';
/** The owner's choices for the whole shop: each stands by itself and is saved by itself. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { call, orThrow } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { SettingsAnswer } from '@/lib/contract-staff';
import type { Settings } from '@/lib/settings';
import { ListState } from '../list-state';
import { DayEnds, IdleLock, PairedOnly, PinMode, RefundLimit } from './groups';
import { OneLanguage, ReceiptLanguages } from './languages';
import { PLACES } from './places';
import { QuickAmounts } from './quick-amounts';
import { ReceiptDays } from './receipt-days';
import { ReceiptText } from './receipt-text';
import { Wallets } from './wallets';

const SETTINGS_KEY = ['settings'] as const;

export function SettingsScreen() {
  const { say } = useReading();
  const client = useQueryClient();
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    queryKey: SETTINGS_KEY,
    queryFn: async () => orThrow(await call<SettingsAnswer>('/api/settings')).settings,
    staleTime: 0,
  });
  const onSaved = () => {
    void client.invalidateQueries({ queryKey: SETTINGS_KEY });
    // The till's first picture tells some of them.
    router.refresh();
  };
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:overflow-y-auto">
      <h1 className="text-head font-semibold">{say('settings.title')}</h1>
      {data === undefined ? (
        <ListState error={error} onAgain={() => void refetch()} />
      ) : (
        <Groups settings={data} onSaved={onSaved} />
      )}
      <Further />
    </main>
  );
}

type Props = { readonly settings: Settings; readonly onSaved: () => void };

/** People and days on the left, the till and its paper on the right. */
const COLUMN = 'flex min-w-0 flex-col gap-4';

export function Groups({ settings, onSaved }: Props) {
  return (
    <div className="grid grid-cols-1 items-start gap-4 wide:grid-cols-2">
      <div className={COLUMN}>
        <RefundLimit now={settings['refund-limit']} onSaved={onSaved} />
        <DayEnds now={settings['day-ends-at']} onSaved={onSaved} />
        <PinMode now={settings['pin-mode']} onSaved={onSaved} />
        <IdleLock now={settings['idle-lock-minutes']} onSaved={onSaved} />
        <PairedOnly now={settings['paired-devices-only']} onSaved={onSaved} />
        <OneLanguage name="staff-language" now={settings['staff-language']} onSaved={onSaved} />
        <OneLanguage
          name="customer-language"
          now={settings['customer-language']}
          onSaved={onSaved}
        />
      </div>
      <div className={COLUMN}>
        <Wallets settings={settings} onSaved={onSaved} />
        <QuickAmounts now={settings['quick-amounts']} onSaved={onSaved} />
        <ReceiptLanguages now={settings['receipt-languages']} onSaved={onSaved} />
        <ReceiptText now={settings['receipt-text']} onSaved={onSaved} />
        <ReceiptDays now={settings['receipt-days']} onSaved={onSaved} />
      </div>
    </div>
  );
}

function Further() {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  const places = PLACES.filter(({ may }) => can(role, may));
  if (places.length === 0) return null;
  return (
    <nav aria-label={say('settings.more')} className="flex flex-wrap gap-2">
      {places.map(({ href, word, icon }) => (
        <Link key={href} href={href} className={buttonLook('quiet')}>
          <Icon name={icon} />
          {say(word)}
        </Link>
      ))}
    </nav>
  );
}
