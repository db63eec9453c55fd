/**
 * Every screen and who may look at it. A page that is not listed here fails a test: write the line
 * when you make the page. Which roles have a capability, lib/capabilities.ts says.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Capability } from '@/lib/capabilities';
import { ROOT } from './processes';

/**
 * `anybody`: signed in or not. `stranger`: who is not signed in; others go on to the till. `first`:
 * whoever sets the shop up, and nobody afterwards.
 */
export type Viewer = Capability | 'anybody' | 'stranger' | 'first';

export const SCREENS: Readonly<Record<string, Viewer>> = {
  '/': 'charge',
  '/sign-in': 'stranger',
  '/pair': 'anybody',
  '/display': 'anybody',
  '/r/[token]': 'anybody',
  '/trust': 'anybody',
  '/offline': 'anybody',
  '/setup': 'first',

  '/history': 'see-sales',
  '/history/[id]': 'see-sales',
  '/refunds': 'refund',
  '/refunds/[id]': 'refund',
  '/refund-slip/[id]': 'refund',
  '/inbox': 'decide',
  '/shift': 'keep-shift',
  '/reports': 'see-reports',
  '/reports/compare': 'compare',
  '/reports/compare/[id]': 'compare',
  '/staff': 'manage-staff',
  '/staff/acts': 'manage-staff',
  '/staff/rights': 'manage-staff',
  '/staff/devices': 'manage-devices',
  '/settings': 'change-settings',
  '/settings/outlets': 'manage-outlets',
  '/settings/scanner': 'charge',
  '/practice': 'charge',
};

/** The routes of all pages, as the tree of app/ hangs them: groups in brackets are no folder. */
export function screensInSource(): string[] {
  const app = path.join(ROOT, 'app');
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.(tsx?|jsx?|mdx?)$/.test(file))
    .map((file) => routeOf(path.posix.dirname(file)))
    .sort();
}

/** `(desk)/history/[id]` is `/history/[id]`. */
export function routeOf(folder: string): string {
  const parts = folder.split('/').filter((part) => part !== '.' && !/^\(.+\)$/.test(part));
  return `/${parts.join('/')}`;
}
