/** What this reader chose, as the request says: the language and the appearance. */
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { isTheme, THEME_COOKIE, type Theme } from '@/components/ui/preference';
import { en } from '@/lib/messages/en';
import {
  chooseLanguage,
  LANGUAGE_COOKIE,
  type Language,
  type Messages,
} from '@/lib/messages/language';
import { zhHans } from '@/lib/messages/zh-Hans';
import { zhHant } from '@/lib/messages/zh-Hant';

export async function language(): Promise<Language> {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return chooseLanguage(jar.get(LANGUAGE_COOKIE)?.value, asked.get('accept-language'));
}

export async function theme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : 'system';
}

const MESSAGES: Record<Language, Messages> = { en, 'zh-Hant': zhHant, 'zh-Hans': zhHans };
/** The name of a screen in the tab and in a list of windows, in the reader's language. */
export const titled = async (
  key: 'app.till' | 'sign-in.title' | 'history.title',
): Promise<Metadata> => ({
  title: messagesOf(await language())[key],
});

export const messagesOf = (reader: Language): Messages => MESSAGES[reader];
