import type { CurrentAlert, InstanceStatus, RuleStatus } from '../../shared/alerts/alerts-state.ts';
import { kindOf, type Rule, type Severity, severities } from '../../shared/alerts/rule.ts';
import { failureCodes } from '../../shared/failure.ts';
import { plural } from './report-words.ts';

/** Where something stands, the worst first. */
export const rowStates = [
  ...(['firing', 'no data', 'event', 'recovering', 'pending', 'unknown', 'normal', 'off'] as const),
] as const;

export type RowState = (typeof rowStates)[number];

/** One line of the status: a rule, or one value of its scope. */
export interface StatusRow {
  readonly rule: Rule;
  readonly scope: string | null;
  readonly state: RowState;
  readonly severity: Severity;
  readonly value: string | null;
  /** When the alert began; null where none lasts. */
  readonly since: string | null;
  /** What else belongs to it; empty for nothing. */
  readonly note: string;
}

/** What rows are made of, as the app and the feed have it. */
export interface KnownAlerts {
  /** Whether the rules were evaluated on fresh figures. */
  readonly isReady: boolean;
  readonly rules: readonly RuleStatus[];
  readonly current: readonly CurrentAlert[];
}

/** Every rule with its alerts, the worst first: whatever is not quiet by name, what is by its nearest one. */
export function statusRows({ isReady, rules, current }: KnownAlerts): StatusRow[] {
  const rows = rules.flatMap((status) => [
    ...(status.count === 0 || !status.rule.isEnabled
      ? [rowWithout(status, isReady)]
      : instanceRows(status, current)),
    ...current.filter((alert) => isEventOf(alert, status)).map((alert) => eventRow(alert, status)),
  ]);
  const order = ({ state, severity }: StatusRow): number =>
    rowStates.indexOf(state) * severities.length + severities.indexOf(severity);
  return rows.sort((a, b) => order(a) - order(b));
}

/** Alerts of now that are at least as bad; with null none counts. */
export const firesFrom = (
  current: readonly CurrentAlert[],
  from: Severity | null,
): readonly CurrentAlert[] =>
  from === null
    ? []
    : current.filter(
        ({ episode: { severity } }) => severities.indexOf(severity) <= severities.indexOf(from),
      );

const isEventOf = ({ state, episode }: CurrentAlert, { rule }: RuleStatus): boolean =>
  state === 'event' && episode.ruleId === rule.id;

const eventRow = ({ episode, value }: CurrentAlert, { rule }: RuleStatus): StatusRow => ({
  ...{ rule, scope: episode.scope, state: 'event', severity: episode.severity, value },
  ...{ since: episode.start.at, note: '' },
});

/** The row of a rule of which no value is known. */
function rowWithout({ rule }: RuleStatus, isReady: boolean): StatusRow {
  const bare = { rule, scope: null, severity: rule.severity, value: null, since: null } as const;
  if (!rule.isEnabled) return { ...bare, state: 'off', note: '' };
  if (!isReady) return { ...bare, state: 'unknown', note: 'not evaluated yet' };
  const { by, value } = rule.scope;
  if (by === 'all') return { ...bare, state: 'unknown', note: 'not evaluated yet' };
  // Whoever watches keeps no quiet values of these: what was evaluated and left nothing is quiet.
  if (kindOf(rule).timing === 'path' || rule.kind === 'exposure') {
    return { ...bare, scope: value, state: 'normal', note: value === null ? 'all quiet' : 'quiet' };
  }
  return { ...bare, scope: value, state: 'unknown', note: 'there is no value yet' };
}

function instanceRows({ rule, instances, count }: RuleStatus, current: readonly CurrentAlert[]) {
  const loud = instances.filter(({ state }) => state !== 'normal');
  const shown = loud.length > 0 ? loud : instances.slice(0, 1);
  const hidden = count - shown.length;
  const more = hidden === 0 ? '' : `and ${plural(hidden, 'other')}`;
  return shown.map((instance, at): StatusRow => {
    const alert = current.find(
      ({ state, episode }) =>
        state !== 'event' && episode.ruleId === rule.id && episode.scope === instance.scope,
    );
    const notes = [reasonOf(instance), alert === undefined ? '' : wordsOn(alert)];
    if (at === shown.length - 1) notes.push(more);
    return {
      ...{ rule, scope: instance.scope, state: rowState(instance), value: instance.value },
      severity: alert?.episode.severity ?? rule.severity,
      since: alert?.episode.start.at ?? null,
      note: notes.filter((note) => note !== '').join(' · '),
    };
  });
}

/** What is kept of a failure is its code: whoever reads is told what it means. */
const unavailable: ReadonlySet<string> = new Set([
  ...failureCodes,
  ...['paused', 'stale', 'disconnected'],
]);

function reasonOf({ degraded }: InstanceStatus): string {
  if (degraded === null) return '';
  return unavailable.has(degraded) ? 'the ledger cannot be asked' : degraded;
}

function rowState({ state, degraded }: InstanceStatus): RowState {
  if (state === 'no-data') return 'no data';
  // Quiet, but for want of data: that is not the same as fine.
  return state === 'normal' && degraded !== null ? 'unknown' : state;
}

const wordsOn = ({ episode, snoozedUntil, isFlapping }: CurrentAlert): string =>
  [
    episode.acked === null ? '' : 'acknowledged',
    snoozedUntil === null ? '' : 'snoozed',
    isFlapping ? 'comes and goes' : '',
  ]
    .filter((word) => word !== '')
    .join(' · ');
