import type { ReactNode } from 'react';
import { Tabs } from '@/components/desk/staff/tabs';

/** The screens themselves look at who is asking. */
export default function StaffLayout({ children }: { readonly children: ReactNode }) {
  return <Tabs>{children}</Tabs>;
}
