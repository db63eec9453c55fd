/** What the doors of the history may ask for: lists and stories, notes, saved views, the export. */
import { holdsCardNumber } from '@/lib/card-number';
import type { PaymentDetail, PaymentPage, ProblemCode } from '@/lib/contract';
import type {
  ExportFormat,
  HistoryChoices,
  HistoryCount,
  NewNote,
  NoteAnswer,
  SavedViewBody,
  SavedViews,
} from '@/lib/contract-history';
import type { PaymentId } from '@/lib/payment';
import { type Asker, historyStore, type Parts, type Refusal, readerOf } from './answers';
import { contentDisposition, type Export, exportHistory } from './reports/export';
import {
  choices,
  count,
  detail,
  type HistoryRefusal,
  list,
  maySee,
  noteView,
} from './reports/history';
import type { OpenedStore } from './store';

export type ExportAnswer = Omit<Export, 'fileName'> & { readonly disposition: string };

export function createHistoryVerbs(parts: Parts) {
  const { env, opened } = parts;
  const store = historyStore(opened);
  const looker = (who: Asker) => ({
    viewer: who.person,
    reader: readerOf(parts, who),
    currency: env.shop.currency,
  });
  return {
    detail: (id: string, who: Asker): Promise<PaymentDetail | null> =>
      detail(store, id as PaymentId, looker(who)),
    list: (params: URLSearchParams, who: Asker): Promise<PaymentPage | HistoryRefusal> =>
      list(store, params, looker(who)),
    choices: (who: Asker): Promise<HistoryChoices> => choices(store, who.person),
    /** `isGone`: nobody waits for the number any more. */
    count: (
      params: URLSearchParams,
      who: Asker & { readonly isGone: () => boolean },
    ): Promise<HistoryCount | HistoryRefusal> =>
      count(store, params, { ...looker(who), isGone: who.isGone }),
    export: async (
      given: { params: URLSearchParams; format: ExportFormat },
      who: Asker,
    ): Promise<ExportAnswer | HistoryRefusal> => {
      const made = await exportHistory(store, { ...given, shop: env.shop.name }, looker(who));
      if ('refused' in made) return made;
      const { mediaType, pieces, fileName } = made;
      return { mediaType, pieces, disposition: contentDisposition(fileName) };
    },
    addNote: (given: { id: string; body: NewNote }, who: Asker) => addNote(parts, given, who),
    ...viewVerbs(parts),
  };
}

async function addNote(
  parts: Parts,
  { id, body }: { id: string; body: NewNote },
  who: Asker,
): Promise<NoteAnswer | Refusal> {
  const { opened, desk } = parts;
  const payment = await opened.store.read.payment(id as PaymentId);
  if (payment === null || !maySee(who.person, payment)) return { refused: 'not-found' };
  if (holdsCardNumber(body.says)) return { refused: 'card-number' };
  const { says } = body;
  const note = { paymentId: payment.id, at: desk.now(), staff: who.person.code, says };
  const added = await opened.notes.add(note);
  return added === null
    ? { refused: 'too-many-notes' }
    : { note: noteView(added, readerOf(parts, who)) };
}

/** Views are each person's own: nobody's code but the caller's is ever asked for. */
function viewVerbs({ opened, desk }: Parts) {
  const views = async ({ person }: Asker): Promise<SavedViews> => {
    const all = await opened.savedViews.of(person.code);
    return { views: all.map(({ number, name, search }) => ({ id: number, name, search })) };
  };
  const changed = async (
    result: Awaited<ReturnType<OpenedStore['savedViews']['change']>>,
    who: Asker,
  ): Promise<SavedViews | Refusal> => {
    if (result === null) return { refused: 'not-found' };
    return typeof result === 'string' ? { refused: VIEW_REFUSALS[result] } : views(who);
  };
  const owned = (body: SavedViewBody, { person }: Asker) => ({
    ...body,
    staff: person.code,
    at: desk.now(),
  });
  return {
    views,
    addView: async (body: SavedViewBody, who: Asker) =>
      changed(await opened.savedViews.add(owned(body, who)), who),
    changeView: async (given: { id: number; body: SavedViewBody }, who: Asker) =>
      changed(await opened.savedViews.change(given.id, owned(given.body, who)), who),
    removeView: async (id: number, who: Asker): Promise<SavedViews | Refusal> =>
      (await opened.savedViews.remove(who.person.code, id)) ? views(who) : { refused: 'not-found' },
  };
}

const VIEW_REFUSALS = {
  'name-taken': 'view-name-taken',
  'too-many': 'too-many-views',
} as const satisfies Record<string, ProblemCode>;
