/** Further pages of settings that stand below the owner's own choices; a new one is one row. */
import type { IconName } from '@/components/ui/icon';
import type { Capability } from '@/lib/capabilities';
import type { PlainKey } from '@/lib/messages/language';

export type Place = {
  readonly href: `/settings/${string}`;
  readonly word: PlainKey;
  readonly icon: IconName;
  readonly may: Capability;
};

export const PLACES: readonly Place[] = [
  { href: '/settings/outlets', word: 'outlets.title', icon: 'outlet', may: 'manage-outlets' },
  { href: '/settings/scanner', word: 'scan.try', icon: 'scan', may: 'charge' },
];
