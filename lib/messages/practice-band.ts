/** Across every screen of a shop for practice, in all three languages at once. */
import type { Language } from './language';

export const PRACTICE_BAND: Readonly<Record<Language, string>> = {
  en: 'PRACTICE – no real money',
  'zh-Hant': '練習模式 – 並非真實款項',
  'zh-Hans': '练习模式 – 并非真实款项',
};
