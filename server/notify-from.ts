/**
 * From where QFPay may knock, where the shop says so (QFPAY_NOTIFY_FROM). It is a second lock: the
 * signature opens the door, whoever stands before it.
 */
import { BlockList, isIP } from 'node:net';

export type Network = { readonly address: string; readonly bits: number };

/** `203.0.113.7` or `203.0.113.0/24`, and the same of IPv6; null for anything else. */
export function readNetwork(text: string): Network | null {
  const [address = '', given, more] = text.split('/');
  const longest = { 0: null, 4: 32, 6: 128 }[isIP(address)] ?? null;
  if (longest === null || more !== undefined || address.includes('%')) return null;
  if (given !== undefined && !/^\d{1,3}$/.test(given)) return null;
  const bits = given === undefined ? longest : Number(given);
  return bits <= longest ? { address, bits } : null;
}

/** Everybody, where no network is named. */
export function createNotifyFrom(networks: readonly Network[]): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const known = new BlockList();
  for (const { address, bits } of networks) {
    known.addSubnet(address, bits, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return (from) => {
    // A server that listens on both kinds of addresses writes the older ones in this way.
    const address = from.replace(/^::ffff:(?=\d+\.)/i, '');
    const kind = isIP(address);
    return kind !== 0 && known.check(address, kind === 4 ? 'ipv4' : 'ipv6');
  };
}
