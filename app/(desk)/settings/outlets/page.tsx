import { notFound } from 'next/navigation';
import { OutletsScreen } from '@/components/desk/outlets/outlets-screen';
import { can } from '@/lib/capabilities';
import { titled } from '../../../preferences';
import { tillSetting } from '../../../session';

export const generateMetadata = () => titled('outlets.title');

export default async function OutletsPage() {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, 'manage-outlets')) notFound();
  return <OutletsScreen />;
}
