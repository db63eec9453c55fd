import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { TrustPage } from '@/components/live/trust-page';
import { TILL } from '@/lib/messages/dictionary';
import { trustWord } from '@/lib/messages/trust';
import { app } from '@/server/runtime';
import { language, theme } from '../preferences';

export const dynamic = 'force-dynamic';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: trustWord('title', await language()),
});

/** For whoever holds a new tablet, signed in or not, and over plain HTTP as well. */
export default async function Trust() {
  const [reader, appearance, asked] = await Promise.all([language(), theme(), headers()]);
  const trust = app()?.trust(asked.get('host')) ?? ({ kind: 'off' } as const);
  const name = TILL[reader]['app.name'];
  return <TrustPage trust={trust} language={reader} theme={appearance} name={name} />;
}
