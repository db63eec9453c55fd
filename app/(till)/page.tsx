import { redirect } from 'next/navigation';
import { Frame } from '@/components/till/frame';
import { TillScreen } from '@/components/till/till-screen';
import { tillSetting } from '@/server/runtime';
import { theme } from '../preferences';

export const dynamic = 'force-dynamic';

export default async function TillPage() {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  return (
    <Frame setting={setting} theme={await theme()} at="till">
      <TillScreen />
    </Frame>
  );
}
