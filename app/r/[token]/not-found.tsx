import { receiptWord } from '@/lib/messages/receipts';
import { visitorLanguage } from '../../preferences';

/** One page for every address that leads nowhere, whatever the reason. */
export default async function NoReceipt() {
  const language = await visitorLanguage();
  return (
    <main
      lang={language}
      className="mx-auto flex min-h-screen max-w-pane flex-col justify-center gap-4 p-6"
    >
      <h1 className="text-head font-semibold">{receiptWord('page.gone', language)}</h1>
      <p className="text-body text-ink-soft">{receiptWord('page.gone-says', language)}</p>
    </main>
  );
}
