import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { CustomersScreen } from '@/components/display/customers-screen';
import { displayWords } from '@/lib/messages/dictionary';
import { chooseLanguage, DISPLAY_LANGUAGE_COOKIE } from '@/lib/messages/language';
import { app } from '@/server/runtime';
import { titled } from '../preferences';
import { needsSetUp } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('display.title');

type Props = { readonly searchParams: Promise<{ readonly counter?: string | string[] }> };

const shops = async () => (await app()?.customerLanguage()) ?? null;

/** `?counter=`: a second window of the till there. Without it the screen is paired by a code. */
export default async function DisplayPage({ searchParams }: Props) {
  if (needsSetUp()) redirect('/setup');
  const [{ counter }, jar, asked] = await Promise.all([searchParams, cookies(), headers()]);
  const chosen = jar.get(DISPLAY_LANGUAGE_COOKIE)?.value;
  return (
    <CustomersScreen
      counter={typeof counter === 'string' ? counter : null}
      first={chooseLanguage(chosen ?? (await shops()), asked.get('accept-language'))}
      words={displayWords()}
    />
  );
}
