'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { later } from '@/components/ui/later';
import type { Look } from '@/components/ui/preference';
import { allowSound, type Sound, soundNow, watchSound } from './chime';
import { Dialog } from './dialog';
import { NoAnswer } from './no-answer';
import { useTablet } from './tablet';

const unseen = (): Sound => 'none';

const TabletChoices = later(
  () => import('./tablet-choices').then((it) => it.TabletChoices),
  NoAnswer,
);

type Props = { readonly look: Look };

/** Its icon says when nothing can be heard here: by choice, or until the screen is touched. */
export function TabletButton({ look }: Props) {
  const { say } = useReading();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(look);
  const sounds = useSyncExternalStore(watchSound, soundNow, unseen);
  const { volume } = useTablet();
  useTouchAllows(sounds);
  const silent = volume === 'off' ? 'tablet.is-off' : sounds === 'silent' && 'tablet.is-silent';
  const label = silent === false ? say('tablet.title') : `${say('tablet.title')}: ${say(silent)}`;
  return (
    <>
      <button
        type="button"
        data-testid="tablet"
        data-sound={volume === 'off' ? 'off' : sounds}
        className={buttonLook('bare')}
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
      >
        <Icon name={silent === false ? 'sound' : 'mute'} />
      </button>
      <Dialog
        open={open}
        label={say('tablet.title')}
        onClose={() => setOpen(false)}
        testId="own"
        roomy
      >
        <TabletChoices look={shown} onLook={setShown} />
        <Button onClick={() => setOpen(false)}>{say('payment.close')}</Button>
      </Dialog>
    </>
  );
}

/** Browsers stay silent until somebody has touched the page; any touch will do. */
function useTouchAllows(sounds: Sound): void {
  useEffect(() => {
    if (sounds !== 'silent') return;
    const touched = () => void allowSound();
    const EVENTS = ['pointerdown', 'keydown'] as const;
    for (const event of EVENTS) window.addEventListener(event, touched, { capture: true });
    return () => {
      for (const event of EVENTS) window.removeEventListener(event, touched, { capture: true });
    };
  }, [sounds]);
}
