/** Readings of a configuration, and what a mistake in one has to look like. */
import { expect } from 'vitest';
import { type Environment, readEnvironment, type Source } from '@/server/env';

/** What the simulator printed; npm start hands it over. */
export const SIM = { QFPAY_SIMULATOR_APPCODE: 'SIMCODE', QFPAY_SIMULATOR_KEY: 'SIMKEY' };
export const PROD = { QFPAY_ENV: 'prod', QFPAY_APPCODE: 'CODE', QFPAY_KEY: 'KEY' };

export function settings(source: Source): Environment {
  const reading = readEnvironment(source);
  if (!reading.ok) throw new Error(reading.mistakes.join('\n'));
  return reading.env;
}

export function mistakes(source: Source): readonly string[] {
  const reading = readEnvironment(source);
  return reading.ok ? [] : reading.mistakes;
}

/** Exactly one sentence, and it names the variable to change. */
export function oneMistake(source: Source, about: RegExp): void {
  const found = mistakes(source);
  expect(found, found.join('\n')).toHaveLength(1);
  expect(found[0]).toMatch(about);
  expect(found[0]).toMatch(/^[A-Z].*\.$/);
}
