/** What this reader chose, as the request says: the language and how the page looks. */
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { type Look, lookFrom, type Theme } from '@/components/ui/preference';
import { WHOLE } from '@/lib/messages/dictionary';
import {
  chooseLanguage,
  LANGUAGE_COOKIE,
  type Language,
  type MessageKey,
} from '@/lib/messages/language';
import { languageFor } from './language';

export async function language(): Promise<Language> {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return languageFor(jar.get(LANGUAGE_COOKIE)?.value, asked.get('accept-language'));
}

/** Of a customer: what their own browser says, whatever the staff of this shop reads. */
export async function visitorLanguage(): Promise<Language> {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return chooseLanguage(jar.get(LANGUAGE_COOKIE)?.value, asked.get('accept-language'));
}

export async function look(): Promise<Look> {
  const jar = await cookies();
  return lookFrom((cookie) => jar.get(cookie)?.value);
}

export const theme = async (): Promise<Theme> => (await look()).theme;

/** The name of a screen in the tab and in a list of windows, in the reader's language. */
export const titled = async (key: MessageKey): Promise<Metadata> => ({
  title: WHOLE[await language()][key],
});
