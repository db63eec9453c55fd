/** The screens of the desk, in the order in which they stand beside it. */
import type { IconName } from '@/components/ui/icon';
import type { Capability } from '@/lib/capabilities';
import type { PlainKey } from '@/lib/messages/language';

export type Section = {
  readonly href: `/${string}`;
  readonly word: PlainKey;
  readonly icon: IconName;
  readonly may: Capability;
};

export const SECTIONS: readonly Section[] = [
  { href: '/history', word: 'history.title', icon: 'list', may: 'see-sales' },
  { href: '/reports/compare', word: 'compare.title', icon: 'balance', may: 'compare' },
  { href: '/settings/outlets', word: 'outlets.title', icon: 'outlet', may: 'manage-outlets' },
];
