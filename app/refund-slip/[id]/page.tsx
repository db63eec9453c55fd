import { notFound, redirect } from 'next/navigation';
import { Slip } from '@/components/desk/refunds/slip';
import { ShopProvider } from '@/components/live/shop';
import { Reader } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import { sideBySide, WHOLE } from '@/lib/messages/dictionary';
import { app } from '@/server/runtime';
import { language, titled } from '../../preferences';
import { tillSetting } from '../../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('slip.title');

type Props = { readonly params: Promise<{ readonly id: string }> };

/** Nothing but the paper: what a printer of 80 mm is to print for the customer. */
export default async function SlipPage({ params }: Props) {
  const [setting, reader, { id }] = await Promise.all([tillSetting(), language(), params]);
  const chosen = await app()?.settings();
  if (setting === null || chosen === undefined) redirect('/sign-in');
  if (!can(setting.staff.role, 'refund')) notFound();
  const languages = chosen.settings['receipt-languages'];
  const paper = { language: languages[0] ?? reader, messages: sideBySide(languages) };
  return (
    <Reader language={reader} messages={WHOLE[reader]}>
      <ShopProvider setting={setting}>
        <Slip id={id} paper={paper} text={chosen.settings['receipt-text']} />
      </ShopProvider>
    </Reader>
  );
}
