import { notFound, redirect } from 'next/navigation';
import { Slip } from '@/components/desk/refunds/slip';
import { ShopProvider } from '@/components/live/shop';
import { Reader } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import { WHOLE } from '@/lib/messages/dictionary';
import { language, titled } from '../../preferences';
import { tillSetting } from '../../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('slip.title');

type Props = { readonly params: Promise<{ readonly id: string }> };

/** Nothing but the paper: what a printer of 80 mm is to print for the customer. */
export default async function SlipPage({ params }: Props) {
  const [setting, reader, { id }] = await Promise.all([tillSetting(), language(), params]);
  if (setting === null) redirect('/sign-in');
  if (!can(setting.staff.role, 'refund')) notFound();
  return (
    <Reader language={reader} messages={WHOLE[reader]}>
      <ShopProvider setting={setting}>
        <Slip id={id} />
      </ShopProvider>
    </Reader>
  );
}
