import { Devices } from '@/components/desk/staff/devices';
import { titled } from '../../../preferences';
import { mustMay } from '../../../session';

export const generateMetadata = () => titled('staff.devices');

export default async function DevicesPage() {
  await mustMay('manage-devices');
  return <Devices />;
}
