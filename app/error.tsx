'use client';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';

/** `digest`: what the server's log has it under; none where the screen threw by itself. */
type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** A screen that threw. The payment is the server's, so loading again finds it where it is. */
export default function ErrorScreen({ error }: Props) {
  const { say } = useReading();
  return (
    <main
      role="alert"
      className="mx-auto flex min-h-screen max-w-prose flex-col justify-center gap-4 p-6"
    >
      <h1 className="text-head font-semibold">{say('error.title')}</h1>
      <p className="text-body text-ink-soft">{say('error.text')}</p>
      {error.digest !== undefined && (
        <p className="text-small text-ink-soft">
          {say('error.reference', { reference: error.digest })}
        </p>
      )}
      <div>
        <Button loudness="loud" onClick={() => window.location.reload()}>
          {say('error.again')}
        </Button>
      </div>
    </main>
  );
}
