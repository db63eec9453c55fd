'use client';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { Theme } from '@/components/ui/preference';
import { ThemeSwitch } from '@/components/ui/theme-switch';

type Props = { readonly theme: Theme; readonly title: string; readonly children: ReactNode };

/** What stands round a form before anybody is signed in. */
export function Entrance({ theme, title, children }: Props) {
  const { say } = useReading();
  return (
    <main className="mx-auto flex min-h-screen w-full max-w-pane flex-col justify-center gap-4 p-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex items-center gap-2 text-lead font-semibold text-ink-soft">
          <Icon name="till" />
          {say('app.name')}
        </p>
        <div className="flex items-center">
          <LanguageSwitch />
          <ThemeSwitch theme={theme} />
        </div>
      </header>
      <h1 className="text-head font-semibold">{title}</h1>
      {children}
    </main>
  );
}
