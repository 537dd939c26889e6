import { useEffect, useState } from 'react';
import type { Result } from '../../shared/result.ts';
import { answerOf } from './answer-of.ts';

const everyMs = 1000;

/**
 * What a call of the client answers, asked for each second while somebody looks; null before the first
 * answer. `ask` stays the same function.
 */
export function usePolled<T>(ask: () => Promise<Result<T>>): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let stopped = false;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const result = await answerOf(ask());
      if (!stopped && result.ok) setValue(result.value);
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [ask]);
  return value;
}
