'use client';
import { useReading } from '@/components/ui/language';

/** In the place of what the server should have sent. */
export function NoAnswer() {
  const { say } = useReading();
  return (
    <p role="alert" className="text-body text-stop">
      {say('problem.no-answer')}
    </p>
  );
}
