'use client';
/** The desk around its screens: the sections that this person may open, and the chosen one. */
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useInboxCount } from '@/components/live/inbox-count';
import { useShop } from '@/components/live/shop';
import { UpdateNotice } from '@/components/live/update-notice';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import { SECTIONS, type Section, sectionOf } from './sections';

export function Desk({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  const sections = SECTIONS.filter(({ may }) => can(role, may));
  return (
    <div className="flex grow flex-col wide:min-h-0 wide:flex-row">
      {sections.length > 1 && (
        <nav
          aria-label={say('desk.sections')}
          className="flex shrink-0 overflow-x-auto border-b border-line bg-panel wide:w-rail wide:flex-col wide:overflow-y-auto wide:border-r wide:border-b-0"
        >
          {sections.map((section) => (
            <SectionLink key={section.href} section={section} />
          ))}
        </nav>
      )}
      <div className="flex min-w-0 grow flex-col wide:min-h-0">
        {children}
        <div className="sticky bottom-0 shrink-0">
          <UpdateNotice />
        </div>
      </div>
    </div>
  );
}

function InboxCount() {
  const { say } = useReading();
  const open = useInboxCount();
  if (open === '') return null;
  return (
    <span
      data-testid="inbox-count"
      role="status"
      aria-label={say('inbox.count', { count: open })}
      className="rounded-full bg-stop-wash px-2 text-small font-semibold text-stop"
    >
      {open}
    </span>
  );
}

function SectionLink({ section }: { readonly section: Section }) {
  const { href, word, icon, counts } = section;
  const { say } = useReading();
  const path = usePathname();
  const isHere = sectionOf(path)?.href === href;
  const look = isHere ? 'bg-accent-wash text-accent' : 'text-ink-soft active:bg-line';
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={`flex min-h-touch shrink-0 items-center justify-center gap-2 px-4 text-small font-semibold tablet:shrink tablet:grow tablet:basis-0 tablet:flex-col tablet:gap-0 tablet:px-1 tablet:text-center wide:min-h-key wide:grow-0 wide:basis-auto wide:gap-1 ${look}`}
    >
      <span className="flex items-center gap-1">
        <Icon name={icon} />
        {counts === 'inbox' && <InboxCount />}
      </span>
      {say(word)}
    </Link>
  );
}
