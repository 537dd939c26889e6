import { cooldownMs } from '../../shared/alerts/defaults.ts';
import { isFlapping } from '../../shared/alerts/engine.ts';
import type { Episode, MuteReason, NoticeKind } from '../../shared/alerts/episode.ts';
import type { Instance } from '../../shared/alerts/instance.ts';
import { isWithin } from '../../shared/alerts/quiet-hours.ts';
import { type Hours, kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';

/** What the gate looks at. */
export interface GateView {
  /** This machine's wall clock. */
  readonly at: string;
  readonly zone: string;
  readonly quietHours: Hours | null;
  /** Nothing is told until then. */
  readonly snoozedUntil: string | null;
  /** Episodes that last. */
  readonly lasting: readonly Episode[];
  /** Every episode that is known. */
  all(): readonly Episode[];
}

/**
 * Whether something of an episode is told. The one place where that is decided, with a named reason. An
 * end is told to whoever was told the beginning, whatever else holds.
 */
export function decide(
  what: NoticeKind,
  episode: Episode,
  { rule, instance }: { readonly rule: Rule | null; readonly instance: Instance | null },
  view: GateView,
): 'deliver' | MuteReason {
  if (what === 'ended' || what === 'flapping') return 'deliver';
  const silence = silenceOf(episode, instance, view);
  if (silence !== null) return silence;
  if (isInhibited(episode, view)) return 'inhibited';
  if (what === 'repeat') return 'deliver';
  if (instance !== null && isFlapping(instance, episode.start.at)) return 'flapping';
  return rule !== null && isCoolingDown(rule, episode, view) ? 'cooldown' : 'deliver';
}

/** What a person said that keeps a beginning from being told, also while it waits; null for nothing. */
export function silenceOf(
  { acked }: Pick<Episode, 'acked'>,
  instance: Instance | null,
  view: Pick<GateView, 'snoozedUntil' | 'at'>,
): 'snoozed' | 'acked' | null {
  if (isSnoozed(instance, view)) return 'snoozed';
  return acked === null ? null : 'acked';
}

/** Quiet hours hold back what is not critical until they end. */
export const isHeldByQuiet = (
  { severity }: Pick<Episode, 'severity'>,
  { quietHours, at, zone }: Pick<GateView, 'quietHours' | 'at' | 'zone'>,
): boolean => severity !== 'critical' && quietHours !== null && isWithin(quietHours, at, zone);

/** Whether nothing of an instance, or with null of all, is told. */
export function isSnoozed(
  instance: Instance | null,
  { snoozedUntil, at }: Pick<GateView, 'snoozedUntil' | 'at'>,
): boolean {
  const isBefore = (until: string | null): boolean =>
    until !== null && compareInstants(at, until) < 0;
  const own = instance?.snoozedUntil ?? null;
  return isBefore(snoozedUntil) || own === 'recovered' || isBefore(own);
}

/** A critical alert of the same metric and scope says it already. */
function isInhibited({ id, severity, kind, scope }: Episode, { lasting }: GateView): boolean {
  if (severity !== 'warning') return false;
  return lasting.some(
    (other) =>
      other.id !== id &&
      other.severity === 'critical' &&
      other.what === 'breach' &&
      kindOf(other).name === kindOf({ kind }).name &&
      kindOf(other).side === kindOf({ kind }).side &&
      other.scope === scope,
  );
}

function isCoolingDown(rule: Rule, { id, scope }: Episode, { all, at }: GateView): boolean {
  const now = instantMs(at) ?? 0;
  return all().some(
    (other) =>
      other.id !== id &&
      other.ruleId === rule.id &&
      other.scope === scope &&
      other.deliveries.some((delivery) => {
        const agoMs = now - (instantMs(delivery.at) ?? 0);
        const wasShown = delivery.how === 'toast' || delivery.how === 'webhook';
        return delivery.what === 'fired' && wasShown && agoMs >= 0 && agoMs < cooldownMs(rule);
      }),
  );
}
