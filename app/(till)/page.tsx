import { redirect } from 'next/navigation';
import { Frame } from '@/components/live/frame';
import { TillScreen } from '@/components/till/till-screen';
import type { LessonAtTill } from '@/components/till/use-lesson';
import type { TillSetting } from '@/lib/contract';
import { WHOLE } from '@/lib/messages/dictionary';
import { fill, type Language } from '@/lib/messages/language';
import { formatMoney } from '@/lib/money';
import { isLesson, LESSON } from '@/lib/practice';
import { language, look, titled } from '../preferences';
import { tillSetting } from '../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('app.till');

type Props = { readonly searchParams: Promise<{ readonly lesson?: string | string[] }> };

/** `?lesson=`: in a shop for practice the till opens with that lesson. */
export default async function TillPage({ searchParams }: Props) {
  const [setting, { lesson }] = await Promise.all([tillSetting(), searchParams]);
  if (setting === null) redirect('/sign-in');
  return (
    <Frame setting={setting} look={await look()} at="till">
      <TillScreen lesson={lessonHere(lesson, setting, await language())} />
    </Frame>
  );
}

const STEPS = ['1', '2', '3'] as const;

/** Null where nobody asked for one, and wherever money moves. */
function lessonHere(
  asked: string | string[] | undefined,
  { environment, currency }: TillSetting,
  reader: Language,
): LessonAtTill | null {
  if (environment !== 'simulator' || typeof asked !== 'string' || !isLesson(asked)) return null;
  const words = WHOLE[reader];
  const amount = formatMoney({ minor: LESSON[asked].amount, currency }, reader);
  return {
    name: asked,
    title: words[`practice.${asked}.title`],
    steps: STEPS.map((step) => fill(words[`practice.${asked}.${step}`], { amount })),
    scan: words['practice.scan'],
    back: words['practice.back'],
  };
}
