import { useEffect, useState } from 'react';
import type { OwnCost } from '../../shared/own-cost.ts';
import { answerOf } from './answer-of.ts';
import { plumblineClient } from './bridge.ts';

const everyMs = 1000;

/** What watching costs, asked for each second while somebody looks; null before the first answer. */
export function useOwnCost(): OwnCost | null {
  const [cost, setCost] = useState<OwnCost | null>(null);
  useEffect(() => {
    let stopped = false;
    const ask = async (): Promise<void> => {
      if (document.hidden) return;
      const result = await answerOf(plumblineClient().monitor.cost());
      if (!stopped && result.ok) setCost(result.value);
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, []);
  return cost;
}

/** Has all that is kept compared with the database, in the course of the next refreshes. */
export const askForAudit = (): void => {
  void answerOf(plumblineClient().monitor.audit());
};
