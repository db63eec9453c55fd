'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useReading } from '@/components/ui/language';

/** A customer's phone is left alone, and so is a device that does not trust this server yet. */
const NOT_OURS = /^\/(r|trust)(\/|$)/;

type Props = { readonly build: string | null };

/**
 * Has public/sw.js work for this device, where the browser lets it: on a secure address. Without a
 * build (`npm run dev`) one from before is dismissed, because it would hand out old code.
 */
export function ShellWorker({ build }: Props) {
  const { language } = useReading();
  const leaves = NOT_OURS.test(usePathname());
  useEffect(() => {
    if (leaves || !('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    const done =
      build === null
        ? serviceWorker.getRegistrations().then((all) => all.map((one) => one.unregister()))
        : serviceWorker.register(`/sw.js?build=${build}&language=${language}`, {
            updateViaCache: 'none',
          });
    // The till works without it just as well.
    done.catch(() => undefined);
  }, [build, language, leaves]);
  return null;
}
