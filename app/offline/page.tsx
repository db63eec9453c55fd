import { Offline } from '@/components/live/offline';
import { titled } from '../preferences';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('offline.title');

/** Kept by public/sw.js: it must hold nothing that belongs to a person or to a day. */
export default function OfflinePage() {
  return <Offline />;
}
