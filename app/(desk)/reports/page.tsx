import { notFound } from 'next/navigation';
import { ReportsScreen } from '@/components/desk/reports/reports-screen';
import { can } from '@/lib/capabilities';
import { titled } from '../../preferences';
import { tillSetting } from '../../session';

export const generateMetadata = () => titled('reports.title');

export default async function ReportsPage() {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, 'see-reports')) notFound();
  return <ReportsScreen />;
}
