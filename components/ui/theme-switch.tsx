'use client';
import { useState } from 'react';
import { buttonLook } from './button';
import { Icon } from './icon';
import { useReading } from './language';
import { keepOnPage, THEME_COOKIE, THEMES, type Theme } from './preference';

type Props = { readonly theme: Theme };

/** One press goes on to the next: as the device says, light, dark. */
export function ThemeSwitch({ theme }: Props) {
  const { say } = useReading();
  const [chosen, setChosen] = useState(theme);
  const choose = () => {
    const next = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? 'system';
    keepOnPage(THEME_COOKIE, THEMES, next);
    setChosen(next);
  };
  return (
    <button
      type="button"
      className={buttonLook('bare')}
      onClick={choose}
      aria-label={`${say('theme.label')}: ${say(`theme.${chosen}`)}`}
      title={`${say('theme.label')}: ${say(`theme.${chosen}`)}`}
    >
      <Icon name={chosen} />
    </button>
  );
}
