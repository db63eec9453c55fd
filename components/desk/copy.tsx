'use client';
import { useState } from 'react';
import { useReading } from '@/components/ui/language';

/** Takes a text along; where the browser does not let it, it says so. */
export function Copy({ name, value }: { readonly name: string; readonly value: string }) {
  const { say } = useReading();
  const [went, setWent] = useState<'copied' | 'failed' | null>(null);
  const copy = async () => {
    try {
      // Missing where a tablet has no https.
      await navigator.clipboard.writeText(value);
      setWent('copied');
    } catch {
      setWent('failed');
    }
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={say('detail.copy-of', { name })}
      className="min-h-touch min-w-touch rounded-small px-2 text-small font-semibold text-accent active:bg-line"
    >
      <span role="status">
        {went === null
          ? say('detail.copy')
          : say(went === 'copied' ? 'detail.copied' : 'detail.copy-failed')}
      </span>
    </button>
  );
}
