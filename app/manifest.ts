import type { MetadataRoute } from 'next';
import { headers } from 'next/headers';
import { TILL } from '@/lib/messages/dictionary';
import { app } from '@/server/runtime';
import { CANVAS } from './colours';
import { languageFor } from './language';

/** The till as an app, in the shop's name and language: browsers ask for it without a cookie. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const language = await languageFor(null, (await headers()).get('accept-language'));
  const words = TILL[language];
  return {
    id: '/',
    name: app()?.shopName ?? words['app.name'],
    short_name: words['app.name'],
    description: words['app.description'],
    lang: language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: CANVAS.light,
    theme_color: CANVAS.light,
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: words['app.till'], url: '/' },
      { name: words['customer-screen.title'], url: '/display' },
    ],
  };
}
