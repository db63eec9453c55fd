/** What this machine is called, and where others on the shop's network find it. */
import { hostname, networkInterfaces } from 'node:os';
import type { Names } from './authority';

const LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
export const isName = (text: string): boolean => text.length <= 253 && LABELS.test(text);

/** Its addresses on its networks. An IPv6 address that changes by the day helps nobody. */
export function machineNames(interfaces = networkInterfaces(), name = hostname()): Names {
  const own = name.toLowerCase();
  const found = Object.values(interfaces).flatMap((each) => each ?? []);
  const outside = found.filter(({ internal, family, address }) => {
    if (internal) return false;
    return family === 'IPv4' || /^f[cd]/i.test(address);
  });
  // Bonjour, which iPads and Macs speak, adds `.local` to a name without a dot.
  const names = own.includes('.') ? [own] : [own, `${own}.local`];
  const named = own !== 'localhost' && isName(own);
  return {
    dns: ['localhost', ...(named ? names : [])],
    addresses: ['127.0.0.1', '::1', ...new Set(outside.map(({ address }) => address))],
  };
}
