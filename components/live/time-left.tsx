'use client';
import { Ring } from '@/components/ui/ring';
import { minutes, secondsTo } from './countdown';

type Props = {
  readonly payment: { readonly qrExpiresAt: string | null; readonly createdAt: string };
  /** Ms UTC by the server's clock; 0 while nobody has told it. */
  readonly now: number;
  readonly says: (time: string) => string;
  readonly size?: 'text-body' | 'text-lead';
};

/** How long a QR can still be paid: a ring that runs out, and words. */
export function TimeLeft({ payment, now, says, size = 'text-body' }: Props) {
  if (payment.qrExpiresAt === null || now === 0) return null;
  const end = Date.parse(payment.qrExpiresAt);
  const seconds = secondsTo(end, now);
  const whole = end - Date.parse(payment.createdAt);
  const time = minutes(seconds);
  return (
    <p className="flex items-center gap-3" data-testid="time-left" data-seconds={seconds}>
      <Ring left={whole > 0 ? (end - now) / whole : 0}>{time}</Ring>
      <span className={`${size} text-ink-soft`}>{says(time)}</span>
    </p>
  );
}
