import { People } from '@/components/desk/staff/people';
import { titled } from '../../preferences';
import { mustMay } from '../../session';

export const generateMetadata = () => titled('staff.title');

export default async function PeoplePage() {
  await mustMay('manage-staff');
  return <People />;
}
