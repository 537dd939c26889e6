import { printDecimal } from '../decimal.ts';
import { formatAge, formatText } from '../format.ts';
import { cooldownMs, keepFiringMs, pendingMs, recoveryOf, repeatMs } from './defaults.ts';
import { kindOf, type Rule } from './rule.ts';
import { thresholdText, valueText } from './value-text.ts';

/** A field of a rule in words; `exact` tells apart what reads the same. */
interface Field {
  readonly name: string;
  readonly text: (rule: Rule) => string;
  readonly exact: (rule: Rule) => unknown;
}

const none = 'none';
const orNone = (text: string): string => (text === '' ? none : text);
const own = (value: unknown, text: string): string => (value === null ? `${text} (default)` : text);

const fields: readonly Field[] = [
  { name: 'watches', text: (rule) => kindOf(rule).name, exact: ({ kind }) => kind },
  { name: 'name', text: ({ name }) => orNone(formatText(name, 80)), exact: ({ name }) => name },
  { name: 'state', text: ({ isEnabled }) => onOff(isEnabled), exact: ({ isEnabled }) => isEnabled },
  { name: 'severity', text: ({ severity }) => severity, exact: ({ severity }) => severity },
  { name: 'scope', text: scopeText, exact: ({ scope }) => [scope.by, scope.value] },
  {
    ...{ name: 'line', exact: ({ threshold }) => threshold },
    text: (rule) => orNone(thresholdText(rule)),
  },
  { name: 'ends when back at', text: recoveryText, exact: ({ recovery }) => recovery },
  {
    ...{ name: 'must hold for', exact: ({ pendingS }) => pendingS },
    text: (rule) => own(rule.pendingS, formatAge(pendingMs(rule))),
  },
  {
    ...{ name: 'must be over for', exact: ({ keepFiringS }) => keepFiringS },
    text: (rule) => own(rule.keepFiringS, formatAge(keepFiringMs(rule))),
  },
  { name: 'reminds', text: repeatText, exact: ({ repeatMin }) => repeatMin },
  {
    ...{ name: 'then silent for', exact: ({ cooldownMin }) => cooldownMin },
    text: (rule) => own(rule.cooldownMin, formatAge(cooldownMs(rule))),
  },
  {
    ...{ name: 'missing data', exact: ({ noData }) => noData },
    text: ({ noData }) => (noData === 'keep' ? 'changes nothing' : 'is told'),
  },
  {
    ...{ name: 'closes counted', exact: ({ lastN }) => lastN },
    text: ({ lastN }) => orNone(String(lastN ?? '')),
  },
  {
    ...{ name: 'hours', exact: ({ hours }) => hours && [hours.from, hours.to] },
    text: ({ hours }) => (hours === null ? 'always' : `${hours.from} to ${hours.to}`),
  },
  { name: 'plan', text: ({ plan }) => orNone(formatText(plan, 80)), exact: ({ plan }) => plan },
];

/** What two rules differ in, a line each: `threshold: −$50.00 → −$75.00`. */
export const ruleDifferences = (before: Rule, after: Rule): string[] =>
  fields.flatMap(({ name, text, exact }) => {
    const [old, young] = [JSON.stringify(exact(before)), JSON.stringify(exact(after))];
    if (old === young) return [];
    const [from, to] = [text(before), text(after)];
    // What differs in places that are not printed, or far behind in a long text.
    return from === to ? [`${name}: ${cut(old)} → ${cut(young)}`] : [`${name}: ${from} → ${to}`];
  });

const cut = (text: string): string => formatText(text, 200);

const onOff = (isEnabled: boolean): string => (isEnabled ? 'on' : 'off');

function scopeText({ scope: { by, value } }: Rule): string {
  if (by === 'all') return 'all';
  return value === null ? `each ${by}` : `${by} ${formatText(value, 80)}`;
}

function recoveryText(rule: Rule): string {
  if (rule.threshold === null || kindOf(rule).isEvent) return none;
  return own(rule.recovery, valueText(rule.kind, printDecimal(recoveryOf(rule))));
}

function repeatText(rule: Rule): string {
  const ms = repeatMs(rule);
  return own(rule.repeatMin, ms === null ? 'never' : `each ${formatAge(ms)}`);
}
