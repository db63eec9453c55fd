import { redirect } from 'next/navigation';
import { SignIn } from '@/components/live/sign-in';
import { theme, titled } from '../preferences';
import { needsSetUp, tillSetting } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('sign-in.title');

type Props = { readonly searchParams: Promise<{ readonly ended?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const [setting, { ended }] = await Promise.all([tillSetting(), searchParams]);
  if (needsSetUp()) redirect('/setup');
  if (setting !== null) redirect('/');
  return <SignIn theme={await theme()} ended={ended !== undefined} />;
}
