'use client';
/** A person's own views: the filters as they stand now, put aside under a name. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { serverNow } from '@/components/live/clock';
import type { Reply } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import {
  LONGEST_VIEW_NAME,
  type SavedViewView,
  type SavedViews as Views,
} from '@/lib/contract-history';
import { openedSearch, savedSearch } from '@/lib/history-days';
import { Choice } from './choice';
import { addView, changeView, removeView, VIEWS_KEY, viewsQuery } from './queries';
import type { Wishes } from './use-wishes';

export function SavedViews({ wishes }: { readonly wishes: Wishes }) {
  const { say } = useReading();
  const { timeZone } = useShop().setting;
  const { data: views = [], isError } = useQuery(viewsQuery());
  const [naming, setNaming] = useState(false);
  const opened = (view: SavedViewView) => openedSearch(view.search, serverNow(), timeZone);
  const current = views.find(
    (view) => wishes.search !== '' && sameSearch(opened(view), wishes.search),
  );
  const open = (id: string) => {
    const view = views.find((one) => String(one.id) === id);
    if (view !== undefined) wishes.replace(opened(view));
  };
  const isSaveable = wishes.search !== '' && current === undefined;
  return (
    <>
      {views.length > 0 && (
        <div className="flex min-w-0">
          <Choice
            label={say('views.label')}
            value={current === undefined ? '' : String(current.id)}
            options={[
              { value: '', word: say('views.open') },
              ...views.map(({ id, name }) => ({ value: String(id), word: name })),
            ]}
            onChoose={open}
          />
        </div>
      )}
      {isError && <p className="self-center text-small text-stop">{say('views.failed')}</p>}
      {isSaveable && !naming && (
        <Button onClick={() => setNaming(true)}>{say('views.save')}</Button>
      )}
      {current !== undefined && !naming && (
        <CurrentView key={current.id} view={current} onRename={() => setNaming(true)} />
      )}
      {naming && (isSaveable || current !== undefined) && (
        <Naming
          key={current?.id ?? 'new'}
          view={current ?? null}
          search={wishes.search}
          onDone={() => setNaming(false)}
        />
      )}
    </>
  );
}

const sameSearch = (a: string, b: string): boolean => {
  const sorted = (text: string) => [...new URLSearchParams(text)].map(String).sort().join('&');
  return sorted(a) === sorted(b);
};

/** Puts the answer where the views are read from; null when it went well, else what was said. */
function useKeep() {
  const client = useQueryClient();
  const { say } = useReading();
  return async (reply: Promise<Reply<Views>>): Promise<string | null> => {
    const heard = await reply;
    if (heard.kind === 'silent') return say('problem.no-answer');
    if (heard.kind === 'refused') return heard.problem.says;
    client.setQueryData(VIEWS_KEY, heard.value.views);
    return null;
  };
}

type CurrentProps = { readonly view: SavedViewView; readonly onRename: () => void };

function CurrentView({ view, onRename }: CurrentProps) {
  const { say } = useReading();
  const keep = useKeep();
  const [isSure, setIsSure] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const { name } = view;
  if (isSure) {
    return (
      <>
        <Button
          wraps
          loudness="stop"
          onClick={async () => setWrong(await keep(removeView(view.id)))}
        >
          {say('views.delete-of', { name })}
        </Button>
        <Button loudness="bare" onClick={() => setIsSure(false)}>
          {say('views.cancel')}
        </Button>
        {wrong !== null && (
          <p role="alert" className="self-center text-small text-stop">
            {wrong}
          </p>
        )}
      </>
    );
  }
  return (
    <>
      <Button onClick={onRename} aria-label={say('views.rename-of', { name })}>
        {say('views.rename')}
      </Button>
      <Button onClick={() => setIsSure(true)} aria-label={say('views.delete-of', { name })}>
        {say('views.delete')}
      </Button>
    </>
  );
}

type NamingProps = {
  /** Null: a new one. */
  readonly view: SavedViewView | null;
  readonly search: string;
  readonly onDone: () => void;
};

function Naming({ view, search, onDone }: NamingProps) {
  const { say } = useReading();
  const { timeZone } = useShop().setting;
  const keep = useKeep();
  const [name, setName] = useState(view?.name ?? '');
  const [wrong, setWrong] = useState<string | null>(null);
  const save = async () => {
    if (name.trim() === '') return setWrong(say('views.name-missing'));
    const saved = view?.search ?? savedSearch(search, serverNow(), timeZone);
    const body = { name: name.trim(), search: saved };
    const says = await keep(view === null ? addView(body) : changeView(view.id, body));
    if (says === null) onDone();
    else setWrong(says);
  };
  return (
    <form
      className="flex w-full flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="w-full max-w-form">
        <Field
          label={say('views.name')}
          value={name}
          onChange={(typed) => {
            setName(typed);
            setWrong(null);
          }}
          maxLength={LONGEST_VIEW_NAME}
          {...(wrong === null ? {} : { wrong })}
        />
      </div>
      <Button type="submit" loudness="loud">
        {say('views.keep')}
      </Button>
      <Button loudness="bare" onClick={onDone}>
        {say('views.cancel')}
      </Button>
    </form>
  );
}
