/** The screens of the desk, in the order in which they stand beside it. */
import type { IconName } from '@/components/ui/icon';
import type { Capability } from '@/lib/capabilities';
import type { PlainKey } from '@/lib/messages/language';

export type Section = {
  readonly href: `/${string}`;
  readonly word: PlainKey;
  readonly icon: IconName;
  readonly may: Capability;
  /** A number beside the word: how much waits there. */
  readonly counts?: 'inbox';
};

export const SECTIONS: readonly Section[] = [
  { href: '/history', word: 'history.title', icon: 'list', may: 'see-sales' },
  { href: '/refunds', word: 'refunds.title', icon: 'undo', may: 'refund' },
  { href: '/inbox', word: 'inbox.title', icon: 'inbox', may: 'decide', counts: 'inbox' },
  { href: '/shift', word: 'shift.title', icon: 'drawer', may: 'keep-shift' },
  { href: '/reports', word: 'reports.title', icon: 'chart', may: 'see-reports' },
  { href: '/reports/compare', word: 'compare.title', icon: 'balance', may: 'compare' },
  { href: '/staff', word: 'staff.title', icon: 'person', may: 'manage-staff' },
  { href: '/settings', word: 'settings.title', icon: 'settings', may: 'change-settings' },
];

/** The section in which a path lies: of several that begin it the longest. */
export function sectionOf(path: string): Section | undefined {
  const around = SECTIONS.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  return around.sort((a, b) => b.href.length - a.href.length)[0];
}
