import type { OwnCost } from '../../shared/own-cost.ts';
import { answerOf } from './answer-of.ts';
import { plumblineClient } from './bridge.ts';
import { usePolled } from './polled.ts';

/** What watching costs, followed while somebody looks; null before the first answer. */
export const useOwnCost = (): OwnCost | null => usePolled(askCost);

const askCost = () => plumblineClient().monitor.cost();

/** Has all that is kept compared with the database, in the course of the next refreshes. */
export const askForAudit = (): void => {
  void answerOf(plumblineClient().monitor.audit());
};
