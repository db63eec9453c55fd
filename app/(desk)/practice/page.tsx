import { notFound } from 'next/navigation';
import { PracticeScreen } from '@/components/desk/practice/practice-screen';
import { titled } from '../../preferences';
import { mustMay, noRealMoney } from '../../session';

export const generateMetadata = () => titled('practice.title');

/** The same in every language, and in the README. */
const COMMAND =
  'QFPAY_ENV=simulator DATABASE_URL=file:./data/practice/countertop.db PORT=3100 npm start';

/** Lessons for whoever may charge. Where money moves there are none. */
export default async function PracticePage() {
  await mustMay('charge');
  if (!noRealMoney()) notFound();
  return <PracticeScreen command={COMMAND} />;
}
