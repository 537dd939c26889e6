import {
  compareDecimals,
  parseDecimal,
  printDecimal,
  signOf,
  subtractDecimals,
  zero,
} from '../decimal.ts';
import { compareInstants, instantMs } from '../instant.ts';
import { isBreach, isRecovered, keepFiringMs, pendingMs } from './defaults.ts';
import type { EndReason, Episode } from './episode.ts';
import { episodeOf, type Instance, type InstanceState } from './instance.ts';
import { kindOf, type Rule, ruleName } from './rule.ts';
import type { Now, Sample } from './sample.ts';

/** What an evaluation brings about; whether and how it is told is decided elsewhere. */
export type Effect =
  | { readonly kind: 'fired'; readonly episode: Episode }
  /** To be told to whoever was told that it fired. */
  | { readonly kind: 'ended'; readonly episode: Episode }
  /** It comes and goes: told once, then its notifications wait. */
  | { readonly kind: 'flapping'; readonly episode: Episode };

/** What an evaluation leaves. */
export interface Evaluated {
  readonly instance: Instance;
  readonly effects: readonly Effect[];
}

type OkSample = Extract<Sample, { kind: 'ok' }>;
type Edge = Episode['start'];

const flappingEdges = 5;
const flappingMs = 15 * 60 * 1000;
const daysKept = 10;

/**
 * Takes an instance of a rule one sample further. Pure: the same samples in the same order have the same
 * effects. A sample that was evaluated already, or is older than the last, changes nothing.
 */
export function evaluate(rule: Rule, instance: Instance, sample: Sample, now: Now): Evaluated {
  if (isKnown(instance, sample)) return { instance, effects: [] };
  const { asOf, snapshotId, position } = sample;
  const looked = { ...instance, seen: { asOf, snapshotId, position } };
  switch (sample.kind) {
    case 'ok':
      return onValue(rule, { ...looked, degraded: null }, sample, now);
    case 'error':
      return { instance: { ...looked, degraded: sample.code }, effects: [] };
    case 'no-data': {
      const degraded = { ...looked, degraded: sample.reason };
      return rule.noData === 'alert'
        ? onMissing(rule, degraded, sample, now)
        : { instance: degraded, effects: [] };
    }
  }
}

/** Ends what a rule that is switched off, deleted or changed had going. */
export function retire(instance: Instance, reason: EndReason, now: Now): Evaluated {
  const episode = episodeOf(instance);
  const normal: Instance = { ...instance, state: { kind: 'normal' }, degraded: null };
  if (episode === null) return { instance: normal, effects: [] };
  return ended(normal, episode, { at: now.at, value: instance.last?.value ?? null }, reason);
}

/** Of a process that has just started: periods on a monotonic clock begin anew. */
export function afterRestart(rule: Rule, instance: Instance, nowMs: number): Instance {
  const { state } = instance;
  if (kindOf(rule).timing === 'path') return instance;
  if (state.kind === 'pending') return { ...instance, state: { kind: 'normal' } };
  if (state.kind !== 'recovering') return instance;
  return { ...instance, state: { ...state, sinceMs: nowMs } };
}

/** Whether it came and went so often lately that its notifications wait. */
export function isFlapping({ edgesMs }: Pick<Instance, 'edgesMs'>, at: string): boolean {
  const now = instantMs(at) ?? 0;
  return edgesMs.filter((edge) => now - edge < flappingMs).length >= flappingEdges;
}

function isKnown({ seen }: Instance, { asOf, snapshotId, position }: Sample): boolean {
  if (seen === null) return false;
  if (seen.snapshotId === snapshotId) return position <= seen.position;
  return compareInstants(asOf, seen.asOf) < 0;
}

function onValue(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const { isEvent, isDaily } = kindOf(rule);
  const { last } = instance;
  if (isEvent) {
    const started = startOver(rule, instance, sample, now);
    const happened = onEvent(rule, started.instance, sample, now);
    return { ...happened, effects: [...started.effects, ...happened.effects] };
  }
  if (isDaily && last !== null && sample.day < last.day) {
    return onPastDay(rule, instance, sample, now);
  }
  if (sample.isLate) return onLate(rule, instance, sample, now);
  const started = startOver(rule, instance, sample, now);
  const moved = onPresent(rule, started.instance, sample, now);
  return {
    instance: { ...moved.instance, last: lastOf(sample, now) },
    effects: [...started.effects, ...moved.effects],
  };
}

const lastOf = ({ value, day }: OkSample, { at }: Now): Instance['last'] => ({ value, day, at });

/** A new trading day or the return of data ends what was going before the value is looked at. */
function startOver(rule: Rule, instance: Instance, { day }: OkSample, now: Now): Evaluated {
  const { state, last } = instance;
  const normal: Instance = { ...instance, state: { kind: 'normal' } };
  const before = episodeOf(instance)?.day ?? last?.day;
  const isNewDay = kindOf(rule).isDaily && before !== undefined && day > before;
  switch (state.kind) {
    case 'normal':
      return { instance, effects: [] };
    case 'pending':
      return { instance: isNewDay || state.what === 'no-data' ? normal : instance, effects: [] };
    case 'no-data':
      return ended(normal, state.episode, { at: now.at, value: null }, 'data-back');
    case 'firing':
    case 'recovering': {
      if (!isNewDay) return { instance, effects: [] };
      // What the day came to; it is over, and nothing has recovered.
      const end = { at: now.at, value: last?.value ?? null };
      return ended(normal, state.episode, end, 'rollover');
    }
  }
}

function onPresent(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const { state } = instance;
  const value = parseDecimal(sample.value);
  const breached = isBreach(rule, value);
  const become = (next: InstanceState): Evaluated => ({
    instance: { ...instance, state: next },
    effects: [],
  });
  switch (state.kind) {
    case 'no-data':
    case 'normal':
    case 'pending': {
      if (!breached) return become({ kind: 'normal' });
      const sinceMs = state.kind === 'pending' ? state.sinceMs : now.ms;
      if (now.ms - sinceMs >= pendingMs(rule)) return fired(rule, instance, sample, now);
      return become({ kind: 'pending', sinceMs, what: 'breach' });
    }
    case 'firing': {
      const episode = worsened(rule, state.episode, sample, now);
      if (!isRecovered(rule, value)) return become({ kind: 'firing', episode });
      if (keepFiringMs(rule) > 0) return become({ kind: 'recovering', sinceMs: now.ms, episode });
      return recovered(instance, episode, sample, now);
    }
    case 'recovering': {
      const episode = worsened(rule, state.episode, sample, now);
      // Back within the band is not over either.
      if (!isRecovered(rule, value)) return become({ kind: 'firing', episode });
      if (now.ms - state.sinceMs < keepFiringMs(rule)) return become({ ...state, episode });
      return recovered(instance, episode, sample, now);
    }
  }
}

function recovered(instance: Instance, episode: Episode, sample: OkSample, now: Now): Evaluated {
  const normal: Instance = { ...instance, state: { kind: 'normal' } };
  return ended(normal, episode, { at: now.at, value: sample.value }, 'recovered');
}

/** A close that came to light late tells of its own time; how things stand now, the next sample tells. */
function onLate(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const { state } = instance;
  if (state.kind === 'firing' || state.kind === 'recovering') {
    const episode = worsened(rule, state.episode, sample, now);
    return { instance: { ...instance, state: { ...state, episode } }, effects: [] };
  }
  const isTold = isBreach(rule, parseDecimal(sample.value)) && pendingMs(rule) === 0;
  return isTold ? fired(rule, instance, sample, now) : { instance, effects: [] };
}

/** Late in a trading day that is over: begun and ended at once, unless that day had its alert. */
function onPastDay(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const isTold = isBreach(rule, parseDecimal(sample.value)) && pendingMs(rule) === 0;
  if (!isTold || instance.firedDays.includes(sample.day)) return { instance, effects: [] };
  const episode = begin(rule, instance, { ...sample, isLate: true }, now, sample.value);
  return {
    instance: withDay(instance, sample.day),
    effects: [
      { kind: 'fired', episode },
      { kind: 'ended', episode: closed(episode, episode.start, 'rollover') },
    ],
  };
}

/** Something that happened: of path rules a value beyond the threshold, of level rules a higher count. */
function onEvent(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const value = parseDecimal(sample.value);
  const isPath = kindOf(rule).timing === 'path';
  const before = instance.last === null ? value : parseDecimal(instance.last.value);
  const amount = isPath ? value : subtractDecimals(value, before);
  const happened = isPath ? isBreach(rule, value) : signOf(amount) > 0;
  const next = { ...instance, last: lastOf(sample, now) };
  if (!happened) return { instance: next, effects: [] };
  const episode: Episode = {
    ...begin(rule, instance, sample, now, printDecimal(amount)),
    // No more of them than have happened since the last look.
    orders: (sample.orders ?? []).slice(0, Number(printDecimal(amount))),
  };
  return {
    instance: next,
    effects: [
      { kind: 'fired', episode },
      { kind: 'ended', episode: closed(episode, episode.start, 'event') },
    ],
  };
}

function onMissing(rule: Rule, instance: Instance, sample: Sample, now: Now): Evaluated {
  const { state } = instance;
  // Missing data never resolves what fires.
  if (state.kind !== 'normal' && state.kind !== 'pending') return { instance, effects: [] };
  const isWaiting = state.kind === 'pending' && state.what === 'no-data';
  const sinceMs = isWaiting ? state.sinceMs : now.ms;
  if (now.ms - sinceMs < pendingMs(rule)) {
    const pending: InstanceState = { kind: 'pending', sinceMs, what: 'no-data' };
    return { instance: { ...instance, state: pending }, effects: [] };
  }
  const episode: Episode = {
    ...begin(rule, instance, { ...sample, isLate: false, day: null }, now, null),
    id: `${instance.ruleId}/${instance.scope ?? ''}@${now.at}/no-data`,
    what: 'no-data',
  };
  return starting({ ...instance, state: { kind: 'no-data', episode } }, episode);
}

function fired(rule: Rule, instance: Instance, sample: OkSample, now: Now): Evaluated {
  const episode = begin(rule, instance, sample, now, sample.value);
  const firing: Instance = { ...instance, state: { kind: 'firing', episode } };
  return starting(kindOf(rule).isDaily ? withDay(firing, sample.day) : firing, episode);
}

const withDay = (instance: Instance, day: string): Instance => ({
  ...instance,
  firedDays: [...instance.firedDays.filter((known) => known !== day), day].slice(-daysKept),
});

/** What an episode is dated and named by. */
type Origin = Pick<Sample, 'snapshotId'> & {
  readonly isLate: boolean;
  readonly day: string | null;
};

function begin(
  rule: Rule,
  { ruleId, scope }: Instance,
  { snapshotId, isLate, day }: Origin,
  { at }: Now,
  value: string | null,
): Episode {
  const edge: Edge = { at, value };
  return {
    ...{ id: `${ruleId}/${scope ?? ''}@${at}`, ruleId, scope, kind: rule.kind },
    ...{ name: ruleName(rule), severity: rule.severity, what: 'breach', plan: rule.plan },
    ...{ threshold: rule.threshold, day: kindOf(rule).isDaily ? day : null, snapshotId, isLate },
    ...{ start: edge, worst: edge, end: null, endReason: null },
    ...{ isTold: false, isEndTold: false, acked: null, deliveries: [], orders: [] },
  };
}

function worsened(rule: Rule, episode: Episode, { value }: OkSample, { at }: Now): Episode {
  const before = episode.worst.value === null ? zero : parseDecimal(episode.worst.value);
  const compared = compareDecimals(parseDecimal(value), before);
  const isWorse = kindOf(rule).side === 'low' ? compared < 0 : compared > 0;
  return isWorse ? { ...episode, worst: { at, value } } : episode;
}

const closed = (episode: Episode, end: Edge, endReason: EndReason): Episode => ({
  ...episode,
  ...{ end, endReason },
});

function starting(instance: Instance, episode: Episode): Evaluated {
  const { instance: noted, isNew } = withEdge(instance, episode.start.at);
  const effects: Effect[] = [{ kind: 'fired', episode }];
  if (isNew) effects.push({ kind: 'flapping', episode });
  return { instance: noted, effects };
}

function ended(instance: Instance, episode: Episode, end: Edge, reason: EndReason): Evaluated {
  const { instance: noted, isNew } = withEdge(instance, end.at);
  const over = closed(episode, end, reason);
  const isSnoozed = noted.snoozedUntil === 'recovered';
  const effects: Effect[] = [{ kind: 'ended', episode: over }];
  if (isNew) effects.push({ kind: 'flapping', episode: over });
  return { instance: { ...noted, snoozedUntil: isSnoozed ? null : noted.snoozedUntil }, effects };
}

/** Notes that an episode began or ended; tells whether it has just begun to flap. */
function withEdge(instance: Instance, at: string): { instance: Instance; isNew: boolean } {
  const ms = instantMs(at) ?? 0;
  const lately = instance.edgesMs.filter((edge) => ms - edge < flappingMs);
  const edgesMs = [...lately, ms];
  const isNew = lately.length < flappingEdges && edgesMs.length >= flappingEdges;
  return { instance: { ...instance, edgesMs }, isNew };
}
