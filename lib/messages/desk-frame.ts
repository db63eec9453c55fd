/** What stands round every screen of the desk: English, Traditional Chinese, Simplified Chinese. */
export const deskFrame = {
  'desk.sections': ['Sections', '分頁', '分页'],
} as const satisfies Record<string, readonly [en: string, zhHant: string, zhHans: string]>;
