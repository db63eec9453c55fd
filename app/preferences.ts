/** What this reader chose, as the request says: the language and the appearance. */
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { isTheme, THEME_COOKIE, type Theme } from '@/components/ui/preference';
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

export async function theme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : 'system';
}

/** The name of a screen in the tab and in a list of windows, in the reader's language. */
export const titled = async (key: MessageKey): Promise<Metadata> => ({
  title: WHOLE[await language()][key],
});
