import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '@/components/live/providers';
import { Announcer } from '@/components/ui/announcer';
import { Reader } from '@/components/ui/language';
import { TILL } from '@/lib/messages/dictionary';
import { language, theme } from './preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Countertop', template: '%s · Countertop' },
  icons: { icon: '/icon.svg', apple: '/apple-touch-icon.png' },
  robots: { index: false, follow: false },
  // A till's figures are not telephone numbers.
  formatDetection: { telephone: false, address: false, email: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const [reader, appearance] = await Promise.all([language(), theme()]);
  return (
    <html lang={reader} className={appearance === 'system' ? undefined : appearance}>
      <body>
        <Reader language={reader} messages={TILL[reader]}>
          <Announcer>
            <Providers>{children}</Providers>
          </Announcer>
        </Reader>
      </body>
    </html>
  );
}
