/**
 * Where each screen is found in the shop on its fullest day, by whom, and what it shows then. A
 * page that is not listed here fails a test: write the line when you make the page.
 */
import type { Crowd } from './crowded-shop';

export type Visit = {
  readonly by?: 'stranger' | 'nobody yet';
  /** What goes into the holes of the address. */
  readonly id?: (crowd: Crowd) => string;
  /** Is there once the screen shows what it is made for. */
  readonly shows: string;
  /** A paper for the customer. */
  readonly theirs?: boolean;
};

export const SLIP: Visit = {
  ...{ id: ({ refund }) => refund, shows: '[data-testid=slip]', theirs: true },
};

export const VISITS: Readonly<Record<string, Visit>> = {
  '/': { shows: '[data-testid=recent-sale]' },
  '/sign-in': { by: 'stranger', shows: 'form' },
  '/pair': { by: 'stranger', shows: 'form' },
  '/display': { by: 'stranger', shows: '[data-testid=display-code]', theirs: true },
  '/setup': { by: 'nobody yet', shows: 'form' },
  '/trust': { by: 'stranger', shows: '[data-testid=trust]' },
  '/offline': { by: 'stranger', shows: '[data-testid=offline]' },
  '/r/[token]': {
    ...{ by: 'stranger', id: ({ token }) => token, theirs: true },
    shows: '[data-testid=receipt]',
  },
  '/history': { shows: '[data-testid=sale-row]' },
  '/history/[id]': { id: ({ sale }) => sale, shows: '[data-testid=timeline]' },
  '/refunds': { shows: '[data-testid=refund-row]' },
  '/refunds/[id]': { id: ({ sale }) => sale, shows: '[data-testid=refund-progress]' },
  '/refund-slip/[id]': SLIP,
  '/inbox': { shows: '[data-testid=matter]' },
  '/shift': { shows: '[data-testid=shift-row]' },
  '/reports': { shows: '[data-testid=wallet-chart] svg' },
  '/reports/compare': { shows: '[data-testid=difference]' },
  '/reports/compare/[id]': {
    id: ({ comparison }) => comparison,
    shows: '[data-testid=difference]',
  },
  '/staff': { shows: '[data-testid=person-row]' },
  '/staff/acts': { shows: '[data-testid=act-row]' },
  '/staff/rights': { shows: 'td' },
  '/staff/devices': { shows: '[data-testid=device-row]' },
  '/settings': { shows: '[data-testid=setting-wallets]' },
  '/settings/outlets': { shows: '[data-testid=outlet]' },
  '/settings/scanner': { shows: '[data-testid=scan-result]' },
  '/practice': { shows: '[data-testid=lesson]' },
};
