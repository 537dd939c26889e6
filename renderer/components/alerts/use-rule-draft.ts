import { type FormEvent, useMemo, useState } from 'react';
import type { RuleProblem } from '../../../shared/alerts/alerts-state.ts';
import { checkRule } from '../../../shared/alerts/check-rule.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { useAlerts, useAlertsStore } from '../../client/alerts-context.tsx';
import { draftOf, type RuleDraft, ruleOfDraft } from './rule-draft.ts';

/**
 * How far a person is with a draft. Of an untouched one nothing is wrong yet, for a new one may well equal
 * another rule; what is left blank is wrong once it was to be saved.
 */
type Stage = 'untouched' | 'edited' | 'tried';

/** A rule while it is edited: its draft, what is wrong with it, and the way to keep it. */
export function useRuleDraft(before: Rule, onSaved: () => void) {
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(before));
  const [stage, setStage] = useState<Stage>('untouched');
  const { rule, found } = useChecked(draft);
  const { refused, forget, keep } = useKeeping(onSaved);
  return {
    draft,
    hasTried: stage === 'tried',
    /** Null while it is none, or one that would mislead; that another rule equals it does not. */
    complete: found.some(({ field }) => field !== 'kind') ? null : rule,
    problems: [...refused, ...found.filter((problem) => isTold(problem, draft, stage))],
    setDraft: (next: RuleDraft): void => {
      forget();
      setStage('edited');
      setDraft(next);
    },
    save: (event: FormEvent): void => {
      event.preventDefault();
      setStage('tried');
      if (rule !== null && found.length === 0) keep(rule);
    },
  };
}

function isTold({ field }: RuleProblem, { rule }: RuleDraft, stage: Stage): boolean {
  const isBlank = field === 'scope' && rule.scope.value === '';
  return stage === 'tried' || (stage === 'edited' && !isBlank);
}

/** What a draft comes to, and all that keeps it from being saved, before main is asked. */
function useChecked(draft: RuleDraft): {
  readonly rule: Rule | null;
  readonly found: readonly RuleProblem[];
} {
  const rules = useAlerts().state?.rules;
  return useMemo(() => {
    const outcome = ruleOfDraft(draft);
    if (outcome.kind === 'unreadable') return { rule: null, found: outcome.problems };
    const others = (rules ?? []).map(({ rule }) => rule).filter(({ id }) => id !== draft.rule.id);
    return { rule: outcome.rule, found: checkRule(outcome.rule, others) };
  }, [draft, rules]);
}

/** Has main keep a rule; what it refuses stands until the next change. */
function useKeeping(onSaved: () => void) {
  const store = useAlertsStore();
  const [refused, setRefused] = useState<readonly RuleProblem[]>([]);
  const keep = async (rule: Rule): Promise<void> => {
    const result = await store.act((client) => client.saveRule(rule));
    if (!result.ok) setRefused([{ field: '', message: result.error.message }]);
    else if (result.value.length > 0) setRefused(result.value);
    else onSaved();
  };
  return { refused, forget: () => setRefused([]), keep: (rule: Rule) => void keep(rule) };
}
