'use client';
/**
 * Asks for a PIN when nobody has touched the screen for too long. The server decides and enforces
 * it; while a customer is paying it waits, and what arrives meanwhile stays to be seen behind it.
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useReading } from '@/components/ui/language';
import type { TillSetting } from '@/lib/contract';
import type { SessionAnswer, ShopChoices } from '@/lib/contract-staff';
import { Dialog } from './dialog';
import { PersonForm } from './person-form';
import { call, orThrow, screenLocked } from './server';
import { useShop } from './shop';
import { useHandOver } from './use-hand-over';

const Locked = createContext(false);
/** Nothing is done with what is pressed or scanned now. */
export const useLocked = (): boolean => useContext(Locked);

const LOOK_AT_MOST_MS = 60_000;
const LOOK_AT_LEAST_MS = 1_000;
const TELL_EVERY_MS = 20_000;

const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => orThrow(await call<SessionAnswer>('/api/session')),
  staleTime: 0,
  refetchOnWindowFocus: 'always',
  refetchInterval: ({ state }) => {
    const { locked = true, locksInMs = null } = state.data ?? {};
    if (locked || locksInMs === null) return LOOK_AT_MOST_MS;
    return Math.min(Math.max(locksInMs, LOOK_AT_LEAST_MS), LOOK_AT_MOST_MS);
  },
});

type Props = { readonly at: 'till' | 'desk'; readonly children: ReactNode };

export function ScreenLock({ at, children }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  const { staff, locked: atFirst } = setting;
  const client = useQueryClient();
  const { data } = useQuery(sessionQuery);
  const handOver = useHandOver();
  const locked = data?.locked ?? atFirst;
  useTouches(!locked);
  useNews(setting, data);
  useEffect(() => {
    const look = () => void client.refetchQueries({ queryKey: sessionQuery.queryKey });
    screenLocked.addEventListener('locked', look);
    return () => screenLocked.removeEventListener('locked', look);
  }, [client]);
  return (
    <Locked value={locked}>
      {children}
      <Dialog
        open={locked}
        label={say('lock.title')}
        behind={at === 'till' ? 'dim' : 'hide'}
        testId="lock"
      >
        <p className="text-body text-ink-soft">{say('lock.text', { name: staff.name })}</p>
        <PersonForm code={staff.code} submit={say('lock.go')} onGiven={handOver} />
      </Dialog>
    </Locked>
  );
}

type Told = ShopChoices & Pick<TillSetting, 'staff'>;

/** What the owner has changed meanwhile reaches a screen that stays open, and nothing is lost. */
function useNews(setting: TillSetting, now: SessionAnswer | undefined): void {
  const router = useRouter();
  const told = ({ staff, pinMode, ...of }: Told): string =>
    JSON.stringify([
      ...[staff.code, staff.name, staff.role, pinMode],
      ...[of.wallets, of.counterWallets, of.quickAmounts],
    ]);
  const isNew = now !== undefined && told(now) !== told(setting);
  useEffect(() => {
    if (isNew) router.refresh();
  }, [isNew, router]);
}

/** Tells the server, now and then, that somebody is there. */
function useTouches(enabled: boolean): void {
  const client = useQueryClient();
  const touched = useRef(false);
  useEffect(() => {
    if (!enabled) return;
    const touch = () => {
      touched.current = true;
    };
    const tell = async () => {
      if (!touched.current) return;
      touched.current = false;
      const reply = await call('/api/session/active', { method: 'POST' });
      // Nobody heard it: it is told again.
      if (reply.kind === 'silent') touched.current = true;
      else void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    };
    const timer = setInterval(() => void tell(), TELL_EVERY_MS);
    const EVENTS = ['pointerdown', 'keydown'] as const;
    for (const event of EVENTS) window.addEventListener(event, touch, { capture: true });
    return () => {
      clearInterval(timer);
      for (const event of EVENTS) window.removeEventListener(event, touch, { capture: true });
    };
  }, [enabled, client]);
}
