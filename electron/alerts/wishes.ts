import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import type { LedgerWishes } from '../ledger/ledger-options.ts';

/** What the ledger has to read for some rules, beyond what the screen shows. */
export function wishesOf(rules: readonly Rule[]): LedgerWishes {
  const enabled = rules.filter(({ isEnabled }) => isEnabled);
  return {
    namesCloses: enabled.some((rule) => rule.scope.by !== 'all' && kindOf(rule).timing === 'path'),
    asksPending: enabled.some(({ kind }) => kind === 'pending-order'),
    namesFailed: enabled.some(({ kind }) => kind === 'failed-order'),
  };
}
