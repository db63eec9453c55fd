import { notFound } from 'next/navigation';
import { TestMoney } from '@/components/desk/refunds/test-money';
import { ShiftScreen } from '@/components/desk/shift/shift-screen';
import { can } from '@/lib/capabilities';
import { titled } from '../../preferences';
import { tillSetting } from '../../session';

export const generateMetadata = () => titled('shift.title');

export default async function ShiftPage() {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, 'keep-shift')) notFound();
  // Who may give money back is told, before a shift is closed, what trial money is still out.
  const reminder = can(setting.staff.role, 'refund') ? <TestMoney /> : null;
  return <ShiftScreen reminder={reminder} />;
}
