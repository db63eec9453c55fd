/** Which language whoever reads this reads: a page and a door answer alike. */
import { chooseLanguage, isLanguage, type Language } from '@/lib/messages/language';
import { app } from '@/server/runtime';

/** The reader's own choice, else the shop's for its staff, else what the browser asks for. */
export async function languageFor(
  chosen: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Promise<Language> {
  if (isLanguage(chosen)) return chosen;
  // While the database fails people still have to be told so.
  const ofShop = await app()
    ?.staffLanguage()
    .catch(() => null);
  return chooseLanguage(ofShop, acceptLanguage);
}
