'use client';
import { type Capability, can } from '@/lib/capabilities';
import { useShop } from './shop';

/**
 * Whether a screen should offer an act: the person may, or somebody who may is asked in place. The
 * server asks again.
 */
export function useMay(capability: Capability): boolean {
  const { staff, pinMode } = useShop().setting;
  return can(staff.role, capability) || pinMode !== 'never';
}
