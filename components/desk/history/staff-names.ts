'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useShop } from '@/components/live/shop';
import { choicesQuery } from './queries';

/** A person's name; the code where no name is known (yet). */
export function useStaffNames(): (code: string) => string {
  const { staff } = useShop().setting;
  const { data } = useQuery(choicesQuery());
  return useCallback(
    (code: string) => {
      if (code === staff.code) return staff.name;
      return data?.staff.find((one) => one.code === code)?.name ?? code;
    },
    [data, staff],
  );
}
