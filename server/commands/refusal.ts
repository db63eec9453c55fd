/** How a command ends that refuses: one sentence, and 2. A fault that nobody foresaw goes on. */
import { ConfigurationMistake } from '@/server/env';
import { StoreRefused } from '@/server/store';

/** `others`: what this command refuses by beside settings, records and its own words. */
export function refuse(error: unknown, ...others: (new (...given: never[]) => Error)[]): void {
  const known = [StoreRefused, ConfigurationMistake, TypeError, ...others];
  if (!(error instanceof Error && known.some((kind) => error instanceof kind))) throw error;
  console.error(error instanceof StoreRefused ? error.told : error.message);
  process.exitCode = 2;
}
