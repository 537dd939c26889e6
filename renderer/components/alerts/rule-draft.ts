import type { RuleProblem } from '../../../shared/alerts/alerts-state.ts';
import { emptyRule, hoursSchema, kindOf, type Rule } from '../../../shared/alerts/rule.ts';
import type { RuleKindId, ThresholdUnit } from '../../../shared/alerts/rule-kinds.ts';
import { parseDecimal, printDecimal } from '../../../shared/decimal.ts';

/** Fields that a person types as text; an empty one leaves the default in effect. */
export const typedFields = [
  'threshold',
  'recovery',
  'pendingS',
  'keepFiringS',
  'repeatMin',
  'cooldownMin',
  'lastN',
] as const;

export type TypedField = (typeof typedFields)[number];

/** A rule while it is edited: numbers as they were typed, shares in per cent. */
export interface RuleDraft {
  readonly rule: Rule;
  readonly typed: Readonly<Record<TypedField, string>>;
}

/** What a draft comes to, or what about it cannot be read. */
export type DraftOutcome =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'unreadable'; readonly problems: readonly RuleProblem[] };

/** The draft of a rule as it stands. */
export function draftOf(rule: Rule): RuleDraft {
  const whole = (value: number | null): string => (value === null ? '' : String(value));
  const amount = (value: string | null): string => (value === null ? '' : typedAmount(rule, value));
  return {
    rule,
    typed: {
      threshold: amount(rule.threshold),
      recovery: amount(rule.recovery),
      pendingS: whole(rule.pendingS),
      keepFiringS: whole(rule.keepFiringS),
      repeatMin: whole(rule.repeatMin),
      cooldownMin: whole(rule.cooldownMin),
      lastN: whole(rule.lastN),
    },
  };
}

/** An amount of a rule as it is typed. */
export const typedAmount = (rule: Pick<Rule, 'kind'>, value: string): string =>
  kindOf(rule).unit === 'share' ? shifted(value, -2) : value;

/** The draft of another kind: what belongs to the kind starts anew, what a person wrote stays. */
export function draftOfKind({ rule }: RuleDraft, kind: RuleKindId): RuleDraft {
  const { name, severity, plan, isEnabled } = rule;
  return draftOf({ ...emptyRule(rule.id, kind), name, severity, plan, isEnabled });
}

/** Reads what was typed. */
export function ruleOfDraft({ rule, typed }: RuleDraft): DraftOutcome {
  const problems: RuleProblem[] = [];
  const { unit } = kindOf(rule);
  const tell = (field: TypedField, what: string): null => {
    problems.push({ field, message: `"${typed[field].trim()}" is not ${what}.` });
    return null;
  };
  const amount = (field: 'threshold' | 'recovery'): string | null => {
    if (unit === null || typed[field].trim() === '') return null;
    const read = readDecimal(typed[field], unit);
    return read ?? tell(field, `a number. Write it like ${exampleOf(unit)}`);
  };
  const whole = (field: Exclude<TypedField, 'threshold' | 'recovery'>): number | null => {
    const text = typed[field].trim();
    if (text === '') return null;
    return /^\d{1,9}$/.test(text) ? Number(text) : tell(field, 'a whole number, 0 or more');
  };
  const threshold = amount('threshold');
  if (unit !== null && typed.threshold.trim() === '') {
    problems.push({ field: 'threshold', message: 'There is no number here. Write one.' });
  }
  if (rule.hours !== null && !hoursSchema.safeParse(rule.hours).success) {
    problems.push({ field: 'hours', message: 'Write both times like 09:00.' });
  }
  const read: Rule = {
    ...rule,
    ...{ threshold, recovery: amount('recovery') },
    ...{ pendingS: whole('pendingS'), keepFiringS: whole('keepFiringS') },
    ...{ repeatMin: whole('repeatMin'), cooldownMin: whole('cooldownMin'), lastN: whole('lastN') },
  };
  return problems.length > 0 ? { kind: 'unreadable', problems } : { kind: 'rule', rule: read };
}

const exampleOf = (unit: ThresholdUnit): string => (unit === 'pnl' ? '-50 or 12.50' : '50 or 12.5');

/** Exact, however it was typed: `−$1,250.50`, `80 %`; null when it is no number. */
function readDecimal(text: string, unit: ThresholdUnit): string | null {
  const signless = text.replace(/[\s$%+]/g, '').replace('\u2212', '-');
  // A comma parts thousands; `20,5` is no two hundred and five.
  if (signless.includes(',') && !/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(signless)) return null;
  const plain = signless.replaceAll(',', '');
  if (!/^-?\d{1,30}(\.\d{1,18})?$/.test(plain)) return null;
  return shifted(plain, unit === 'share' ? 2 : 0);
}

/** Moves the point: `80` by 2 is `0.8`, `0.8` by −2 is `80`. */
function shifted(value: string, places: number): string {
  const { units, scale } = parseDecimal(value);
  return places < 0
    ? printDecimal({ units: units * 10n ** BigInt(-places), scale })
    : printDecimal({ units, scale: scale + places });
}
