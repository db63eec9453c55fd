import { redirect } from 'next/navigation';
import { Frame } from '@/components/live/frame';
import { TillScreen } from '@/components/till/till-screen';
import { look, titled } from '../preferences';
import { tillSetting } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('app.till');

export default async function TillPage() {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  return (
    <Frame setting={setting} look={await look()} at="till">
      <TillScreen />
    </Frame>
  );
}
