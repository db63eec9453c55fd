import { SettingsScreen } from '@/components/desk/settings/settings-screen';
import { titled } from '../../preferences';
import { mustMay } from '../../session';

export const generateMetadata = () => titled('settings.title');

export default async function SettingsScreenPage() {
  await mustMay('change-settings');
  return <SettingsScreen />;
}
