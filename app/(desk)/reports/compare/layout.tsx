import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { CompareScreen } from '@/components/desk/compare/compare-screen';
import { can } from '@/lib/capabilities';
import { titled } from '../../../preferences';
import { tillSetting } from '../../../session';

export const generateMetadata = () => titled('compare.title');

export default async function CompareLayout({ children }: { readonly children: ReactNode }) {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, 'compare')) notFound();
  return <CompareScreen>{children}</CompareScreen>;
}
