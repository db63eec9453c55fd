import { Inbox } from '@/components/desk/inbox/inbox';
import { titled } from '../../preferences';
import { onlyFor } from '../may';

export const generateMetadata = () => titled('inbox.title');

export default async function InboxPage() {
  await onlyFor('decide');
  return <Inbox />;
}
