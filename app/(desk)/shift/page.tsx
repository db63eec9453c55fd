import { notFound } from 'next/navigation';
import { ShiftScreen } from '@/components/desk/shift/shift-screen';
import { can } from '@/lib/capabilities';
import { titled } from '../../preferences';
import { tillSetting } from '../../session';

export const generateMetadata = () => titled('shift.title');

export default async function ShiftPage() {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, 'keep-shift')) notFound();
  // `reminder` takes what a shop that tries out with real money is told before it closes a shift.
  return <ShiftScreen reminder={null} />;
}
