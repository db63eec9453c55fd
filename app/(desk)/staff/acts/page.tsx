import { Acts } from '@/components/desk/staff/acts';
import { titled } from '../../../preferences';
import { mustMay } from '../../../session';

export const generateMetadata = () => titled('staff.acts');

export default async function ActsPage() {
  await mustMay('manage-staff');
  return <Acts />;
}
