/** Why nobody was let in, in words. */
import type { Say } from '@/components/ui/language';
import type { SignInResult } from './session';

export function signInRefusal(result: Exclude<SignInResult, { kind: 'in' }>, say: Say): string {
  if (result.kind === 'wrong') return say('sign-in.wrong');
  if (result.kind === 'not-paired') return say('sign-in.not-paired');
  if (result.kind === 'silent') return say('sign-in.no-answer');
  return result.seconds === null
    ? say('sign-in.throttled-unknown')
    : say('sign-in.throttled', { seconds: result.seconds });
}
