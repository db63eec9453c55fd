import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Build } from '@/components/live/build';
import { Providers } from '@/components/live/providers';
import { Announcer } from '@/components/ui/announcer';
import { Reader } from '@/components/ui/language';
import { PracticeBand } from '@/components/ui/practice-band';
import { classesOf } from '@/components/ui/preference';
import { TILL } from '@/lib/messages/dictionary';
import { app } from '@/server/runtime';
import { CANVAS } from './colours';
import { language, look } from './preferences';
import { noRealMoney } from './session';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Countertop', template: '%s · Countertop' },
  icons: { icon: '/icon.svg', apple: '/apple-touch-icon.png' },
  // On an iPad it opens from the home screen as an app of its own.
  appleWebApp: { capable: true, title: 'Countertop', statusBarStyle: 'default' },
  robots: { index: false, follow: false },
  // A till's figures are not telephone numbers.
  formatDetection: { telephone: false, address: false, email: false },
};

export const viewport: Viewport = {
  ...{ width: 'device-width', initialScale: 1, viewportFit: 'cover' },
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: CANVAS.light },
    { media: '(prefers-color-scheme: dark)', color: CANVAS.dark },
  ],
};

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const [reader, chosen] = await Promise.all([language(), look()]);
  const isPractice = noRealMoney();
  const classes = [...classesOf(chosen), ...(isPractice ? ['practice'] : [])];
  return (
    <html lang={reader} className={classes.join(' ') || undefined}>
      <body className="pt-band">
        {isPractice && <PracticeBand language={reader} />}
        <Reader language={reader} messages={TILL[reader]}>
          <Announcer>
            <Build build={app()?.build ?? null}>
              <Providers>{children}</Providers>
            </Build>
          </Announcer>
        </Reader>
      </body>
    </html>
  );
}
