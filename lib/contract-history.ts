/** What crosses the wire about the history beyond a payment: notes, saved views, filters. */
import { z } from 'zod';

/** Longer is a letter, and belongs elsewhere. */
export const LONGEST_NOTE = 500;
export const LONGEST_VIEW_NAME = 40;
/** Every filter at once, with all 36 pay types, is shorter. */
const LONGEST_VIEW = 1_000;

export const newNoteSchema = z.strictObject({
  says: z.string().trim().min(1).max(LONGEST_NOTE),
});
export type NewNote = z.infer<typeof newNoteSchema>;

export const savedViewSchema = z.strictObject({
  name: z.string().trim().min(1).max(LONGEST_VIEW_NAME),
  /** Search parameters as they stand in the address, without what belongs to one page. */
  search: z
    .string()
    .max(LONGEST_VIEW)
    .regex(/^[\w.,:%+=&~*-]*$/),
});
export type SavedViewBody = z.infer<typeof savedViewSchema>;

export type NoteView = {
  readonly number: number;
  readonly says: string;
  readonly staff: string;
  readonly at: string;
};
/** `POST /api/payments/{id}/notes` */
export type NoteAnswer = { readonly note: NoteView };

export type SavedViewView = {
  readonly id: number;
  readonly name: string;
  readonly search: string;
};
/** `GET /api/views`, and every change of them: all views of this person, oldest first. */
export type SavedViews = { readonly views: readonly SavedViewView[] };

/** `GET /api/payments/choices`: what a filter may offer to this person. */
export type HistoryChoices = {
  readonly counters: readonly string[];
  readonly staff: readonly { readonly code: string; readonly name: string | null }[];
};
/** `GET /api/payments/count` */
export type HistoryCount = { readonly count: number };

const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const isExportFormat = (text: string | null): text is ExportFormat =>
  EXPORT_FORMATS.some((format) => format === text);
