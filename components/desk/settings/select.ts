/** The look of every choice from a list on the screen of settings. */
export const CHOICE = 'min-h-touch w-full border border-line bg-raised px-3 text-body';
