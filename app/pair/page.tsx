import { redirect } from 'next/navigation';
import { Pairing } from '@/components/live/pairing';
import { theme, titled } from '../preferences';
import { needsSetUp } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('pair.title');

export default async function PairPage() {
  if (needsSetUp()) redirect('/setup');
  return <Pairing theme={await theme()} />;
}
