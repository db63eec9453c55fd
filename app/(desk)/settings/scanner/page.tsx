import { TrialScreen } from '@/components/till/trial/trial-screen';
import { titled } from '../../../preferences';
import { mustMay } from '../../../session';

export const generateMetadata = () => titled('scanner.title');

/** For whoever may charge: the cashier is who has the scanner in hand. */
export default async function ScannerPage() {
  await mustMay('charge');
  return <TrialScreen />;
}
