/** The canvas of tailwind.config.ts, for what a browser draws round a page; a test compares. */
export const CANVAS = { light: '#e9eeec', dark: '#0f1615' } as const;
