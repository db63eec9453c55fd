'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { allowSound, type Sound, soundNow, watchSound } from '@/components/live/chime';
import { buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';

const KEPT = 'countertop.display-sound';
const unseen = (): Sound => 'none';

/** Asks loudly once; later a quiet button, and any touch of the screen does it as well. */
export function SoundButton() {
  const { say } = useReading();
  const sound = useSyncExternalStore(watchSound, soundNow, unseen);
  const [asked, setAsked] = useState(true);
  useEffect(() => setAsked(localStorage.getItem(KEPT) !== null), []);
  useEffect(() => {
    if (sound !== 'silent') return;
    const touched = () => {
      localStorage.setItem(KEPT, 'asked');
      void allowSound();
    };
    window.addEventListener('pointerdown', touched);
    window.addEventListener('keydown', touched);
    return () => {
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('keydown', touched);
    };
  }, [sound]);
  if (sound !== 'silent') return null;
  return (
    <button
      type="button"
      className={buttonLook(asked ? 'quiet' : 'loud')}
      data-testid="allow-sound"
    >
      <Icon name="sound" />
      {say('display.allow-sound')}
    </button>
  );
}
