import type { ReactNode } from 'react';
import { Sales } from '@/components/desk/history/sales';
import { titled } from '../../preferences';

export const generateMetadata = () => titled('history.title');

export default function HistoryLayout({ children }: { readonly children: ReactNode }) {
  return <Sales>{children}</Sales>;
}
