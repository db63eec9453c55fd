/**
 * What stands in a QR to pay (protocol.md §5.1). Opaque to a till. The texts of UnionPay and
 * Octopus appear in no source and are of our own making; FPS is an EMVCo merchant QR with its
 * check sum, as the scheme publishes it.
 */
import type { Wallet } from '../pay-types';

const field = (id: string, value: string): string =>
  id + String(value.length).padStart(2, '0') + value;

/** CRC-16/CCITT-FALSE, which closes every EMVCo text. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const unit of Buffer.from(text)) {
    crc ^= unit << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function fpsText(amount: number, reference: string): string {
  const cents = String(amount).padStart(3, '0');
  const decimal = `${cents.slice(0, -2)}.${cents.slice(-2)}`;
  const body =
    field('00', '01') +
    field('01', '12') +
    field('26', field('00', 'hk.com.hkicl') + field('02', '0000001')) +
    field('52', '0000') +
    field('53', '344') +
    field('54', decimal) +
    field('58', 'HK') +
    field('59', 'SIMULATOR') +
    field('60', 'HK') +
    field('62', field('05', reference)) +
    '6304';
  return body + crc16(body);
}

export function qrText(wallet: Wallet | null, syssn: string, amount: number): string {
  const token = BigInt(syssn).toString(36);
  if (wallet === 'wechat') return `weixin://wxpay/bizpayurl?pr=${token}`;
  if (wallet === 'alipay') return `https://qr.alipay.com/bax${token}`;
  if (wallet === 'payme') return `https://qr.payme.hsbc.com.hk/2/${token}`;
  if (wallet === 'fps') return fpsText(amount, token);
  if (wallet === 'unionpay') return `https://qr.95516.com/sim/${token}`;
  return `https://octopus.invalid/pay/${token}`;
}
