/** Choices of the reader that the server must know for its first picture: cookies, for a year. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = 'theme';

export const isTheme = (text: string | undefined): text is Theme =>
  THEMES.some((theme) => theme === text);

const YEAR_S = 31_536_000;

/** The Cookie Store API is missing where a tablet has no https, so this is the older way. */
export function keepPreference(name: string, value: string): void {
  Object.assign(document, { cookie: `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax` });
}
