import { Rights } from '@/components/desk/staff/rights';
import { titled } from '../../../preferences';
import { mustMay } from '../../../session';

export const generateMetadata = () => titled('staff.rights');

export default async function RightsPage() {
  await mustMay('manage-staff');
  return <Rights />;
}
