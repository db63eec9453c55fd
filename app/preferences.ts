/** What this reader chose, as the request says: the language and the appearance. */
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
export const messagesOf = (reader: Language): Messages => MESSAGES[reader];
