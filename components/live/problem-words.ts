/** What a call that came to nothing says to the person who made it. */
import type { Say } from '@/components/ui/language';
import type { Reply } from './server';

export function replyText(reply: Exclude<Reply<unknown>, { kind: 'answered' }>, say: Say): string {
  if (reply.kind === 'silent') return say('problem.no-answer');
  const { code, seconds, says } = reply.problem;
  return code === 'too-many-tries' && seconds !== undefined
    ? say('sign-in.throttled', { seconds })
    : says;
}
