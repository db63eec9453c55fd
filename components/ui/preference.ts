/** Choices of the reader that the server must know for its first picture: cookies, for a year. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = 'theme';

/** On which side the keys stand where there is room beside each other. */
export const HANDS = ['keys-left', 'keys-right'] as const;
type Hand = (typeof HANDS)[number];
export const HAND_COOKIE = 'hand';

/** Of the text and of everything that is measured by it, as a class of the page. */
export const TEXT_SIZES = ['text-100', 'text-125', 'text-150', 'text-200'] as const;
type TextSize = (typeof TEXT_SIZES)[number];
export const TEXT_SIZE_COOKIE = 'text-size';

/** What the page looks like for this reader. */
export type Look = { readonly theme: Theme; readonly hand: Hand; readonly textSize: TextSize };

type Kept = (cookie: string) => string | undefined;
const one = <T extends string>(choices: readonly [T, ...T[]], text: string | undefined): T =>
  choices.find((choice) => choice === text) ?? choices[0];

/** Whatever a cookie says that is no choice is the first one. */
export const lookFrom = (kept: Kept): Look => ({
  theme: one(THEMES, kept(THEME_COOKIE)),
  hand: one(HANDS, kept(HAND_COOKIE)),
  textSize: one(TEXT_SIZES, kept(TEXT_SIZE_COOKIE)),
});

/** The classes of the page; nothing for what is so anyhow. */
export const classesOf = (look: Look): string[] =>
  [look.theme, look.hand, look.textSize].filter((name) => !PLAIN.includes(name));
const PLAIN: readonly string[] = [THEMES[0], HANDS[0], TEXT_SIZES[0]];

const YEAR_S = 31_536_000;

/** The Cookie Store API is missing where a tablet has no https, so this is the older way. */
export function keepPreference(name: string, value: string): void {
  Object.assign(document, { cookie: `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax` });
}

/** Keeps one of `choices` and puts it on the page at once. */
export function keepOnPage(name: string, choices: readonly string[], value: string): void {
  keepPreference(name, value);
  const { classList } = document.documentElement;
  classList.remove(...choices);
  if (!PLAIN.includes(value)) classList.add(value);
}
