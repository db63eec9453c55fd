import { notFound } from 'next/navigation';
import { SetUp } from '@/components/live/set-up';
import { theme, titled } from '../preferences';
import { needsSetUp } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('setup.title');

/** Open while nobody works here, and then closed for good. */
export default async function SetUpPage() {
  if (!needsSetUp()) notFound();
  return <SetUp theme={await theme()} />;
}
