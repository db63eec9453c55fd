'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useReading } from '@/components/ui/language';
import type { TillSetting } from '@/lib/contract';
import { type Currency, formatMoney } from '@/lib/money';
import { shopTime } from '@/lib/time';

/** The shop around a screen: its setting, its way to write money and its clock. */
export type Shop = {
  readonly setting: TillSetting;
  /** "HK$48.50" of minor units; in the shop's currency unless another is named. */
  readonly amount: (minor: number, currency?: Currency) => string;
  /** "14:02", "14:02:07", or "01-05 14:02" of an instant (ISO text or ms UTC), in shop time. */
  readonly minute: (at: string | number) => string;
  readonly second: (at: string | number) => string;
  readonly day: (at: string | number) => string;
};

const ShopContext = createContext<Shop | null>(null);

const ms = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

type Props = { readonly setting: TillSetting; readonly children: ReactNode };

export function ShopProvider({ setting, children }: Props) {
  const { language } = useReading();
  const shop = useMemo<Shop>(() => {
    const written = (at: string | number) => shopTime(ms(at), setting.timeZone);
    return {
      setting,
      amount: (minor, currency = setting.currency) => formatMoney({ minor, currency }, language),
      minute: (at) => written(at).slice(11, 16),
      second: (at) => written(at).slice(11),
      day: (at) => written(at).slice(5, 16),
    };
  }, [setting, language]);
  return <ShopContext value={shop}>{children}</ShopContext>;
}

/** Throws outside a ShopProvider. */
export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (shop === null) throw new Error('No ShopProvider around this part');
  return shop;
}
