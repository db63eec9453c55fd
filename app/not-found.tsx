import { buttonLook } from '@/components/ui/button';
import { TILL } from '@/lib/messages/dictionary';
import { fill } from '@/lib/messages/language';
import { language } from './preferences';

export default async function NotFound() {
  const messages = TILL[await language()];
  return (
    <main className="mx-auto flex min-h-screen max-w-prose flex-col justify-center gap-4 p-6">
      <h1 className="text-head font-semibold">{fill(messages['not-found.title'])}</h1>
      <p className="text-body text-ink-soft">{fill(messages['not-found.text'])}</p>
      <div>
        {/* Every screen carries this page with it: the browser's own link weighs nothing. */}
        <a href="/" className={buttonLook('loud')}>
          {fill(messages['not-found.till'])}
        </a>
      </div>
    </main>
  );
}
