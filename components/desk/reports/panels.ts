/**
 * Panels stand beside each other as long as their tables have room there; where sums are long, each
 * takes the whole width. No sum is to be scrolled for.
 */
export const PANELS = 'flex flex-wrap gap-4';
export const PANEL =
  'flex min-w-0 grow flex-col gap-3 rounded-large border border-line bg-panel p-4 tablet:min-w-beside';
