import type { Episode, FailedOrder } from '../../shared/alerts/episode.ts';
import { minutesIntoHours } from '../../shared/alerts/expected-hours.ts';
import { leastLastN, type Rule } from '../../shared/alerts/rule.ts';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  parseDecimal,
  printDecimal,
  wholeDecimal,
  zero,
} from '../../shared/decimal.ts';
import { isDisconnection } from '../../shared/failure.ts';
import { formatText } from '../../shared/format.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { oddityIds } from '../../shared/oddities.ts';
import type { Exposure, Figure, Group, Snapshot } from '../../shared/snapshot.ts';
import type { TradingDayRule } from '../../shared/trading-day.ts';
import { recentWinRate } from '../ledger/recent-wins.ts';
import type { Reading } from '../ledger/snapshot.ts';

/** What level rules are evaluated on. */
export interface LevelFacts {
  readonly reading: Pick<Reading, 'snapshot' | 'series' | 'unshown'>;
  /** The database's clock when the figures were confirmed last. */
  readonly asOf: string;
  readonly tradingDay: TradingDayRule;
}

/** A value for each instance of a rule, or why there is none. */
export type LevelValues =
  | { readonly kind: 'values'; readonly values: ReadonlyMap<string | null, string> }
  | { readonly kind: 'none'; readonly reason: string };

const shareDecimals = 15;
const minuteMs = 60 * 1000;
/** The ledger names the costliest this many; what is not among fewer has no exposure. */
export const exposuresNamed = 200;

const one = (value: string): LevelValues => ({ kind: 'values', values: new Map([[null, value]]) });
const count = (rows: number): LevelValues => one(String(rows));
const none = (reason: string): LevelValues => ({ kind: 'none', reason });
const ofFigure = (figure: Figure): LevelValues =>
  figure.kind === 'value' ? one(figure.value) : none(figure.reason || 'it cannot be computed');

/** Rules on Plumbline's own connection: they are evaluated whether there are figures or not. */
export const isOfMonitor = ({ kind }: Pick<Rule, 'kind'>): boolean =>
  kind === 'stale' || kind === 'unreachable';

/** What a rule on the connection says of a state that was made just now. */
export function monitorValue({ kind }: Pick<Rule, 'kind'>, state: MonitorState): string {
  if (kind === 'stale') return String(Math.floor((state.ageMs ?? 0) / 1000));
  const { status } = state;
  return status.kind === 'failing' && isDisconnection(status.failure.code) ? '1' : '0';
}

/** What a level rule says of the figures; shares have 15 decimals. `lasting` is its alert of now. */
export function levelValues(
  rule: Rule,
  facts: LevelFacts,
  lasting: Episode | null = null,
): LevelValues {
  const { snapshot, unshown } = facts.reading;
  const { counts, figures, server } = snapshot;
  switch (rule.kind) {
    case 'exposure':
      return exposureOf(rule, facts);
    case 'worst-case':
      return worstCase(snapshot);
    case 'win-rate':
      return winRate(rule, facts);
    case 'edge-capture':
      return rule.scope.by === 'all'
        ? ofFigure(unshown.edgeCapture)
        : byName(rule, snapshot.byStrategy, ({ edgeCapture }) => edgeCapture);
    case 'rejection-rate':
      return ofFigure(figures['rejection-rate']);
    case 'failure-rate':
      return ofFigure(figures['failure-rate']);
    case 'halted':
      return count(unshown.halted);
    case 'failed-order':
      return count(counts.failed);
    case 'pending-order':
      return unshown.pending.kind === 'known'
        ? one(minutesSince(unshown.pending.oldestAt, facts.asOf))
        : none(unshown.pending.reason);
    case 'no-new-rows':
      return noNewRows(rule, facts, lasting);
    case 'data-quality':
      return count(oddityIds.reduce((sum, id) => sum + counts[id], 0));
    case 'connections':
      return one(share(server.inUse, server.maxConnections));
    default:
      return none('it is not evaluated on figures');
  }
}

const longestText = 200;

/** The orders that a rule on failures tells of, newest first; none for other rules. */
export function failedOrders(
  { kind }: Pick<Rule, 'kind'>,
  { reading }: Pick<LevelFacts, 'reading'>,
): FailedOrder[] {
  if (kind !== 'failed-order') return [];
  return reading.unshown.newestFailed.map(({ reason, venue, marketId }) => ({
    // Kept with the history of alerts, and somebody else wrote it.
    reason: formatText(reason ?? '', longestText),
    venue: formatText(venue, longestText),
    market: formatText(marketId, longestText),
  }));
}

const share = (part: number, whole: number): string =>
  printDecimal(divideDecimals(wholeDecimal(part), wholeDecimal(Math.max(1, whole)), shareDecimals));

function exposureOf({ scope }: Rule, { reading: { snapshot, unshown } }: LevelFacts): LevelValues {
  if (scope.by === 'all') return ofFigure(snapshot.figures['open-exposure']);
  const rows = scope.by === 'venue' ? unshown.venues : unshown.markets;
  const values = new Map(rows.map((row) => [nameOf(row), row.cost]));
  if (scope.value === null) return { kind: 'values', values };
  const value = values.get(scope.value) ?? (rows.length < exposuresNamed ? '0' : undefined);
  // To keep what is known: no sample is taken of it.
  return {
    kind: 'values',
    values: value === undefined ? new Map() : new Map([[scope.value, value]]),
  };
}

const nameOf = ({ group }: Pick<Exposure | Group, 'group'>): string =>
  group.kind === 'named' ? group.name : '(none)';

function byName(
  { scope }: Rule,
  groups: readonly Group[],
  figureOf: (group: Group) => Figure,
): LevelValues {
  const values = new Map<string, string>();
  for (const group of groups) {
    const figure = figureOf(group);
    const isMeant = group.group.kind !== 'rest' && (scope.value ?? nameOf(group)) === nameOf(group);
    if (isMeant && figure.kind === 'value') values.set(nameOf(group), figure.value);
  }
  return { kind: 'values', values };
}

/** Share of the daily loss limit that the day takes, should every open trade go wrong. */
function worstCase({ figures, limits }: Snapshot): LevelValues {
  const [day, worst] = [figures['day-pnl'], figures['worst-case']];
  const limit = limits.find(({ kind }) => kind === 'daily-loss')?.limit;
  if (limit?.kind !== 'value') return none('there is no daily loss limit');
  if (worst.kind !== 'value') return none(worst.reason);
  const total = addDecimals(
    parseDecimal(day.kind === 'value' ? day.value : '0'),
    parseDecimal(worst.value),
  );
  const most = parseDecimal(limit.value);
  if (compareDecimals(most, zero) <= 0) return none('the daily loss limit is nothing');
  if (compareDecimals(total, zero) >= 0) return one('0');
  const loss = { units: -total.units, scale: total.scale };
  return one(printDecimal(divideDecimals(loss, most, shareDecimals)));
}

function winRate({ lastN }: Rule, { reading, asOf }: LevelFacts): LevelValues {
  const wanted = Math.max(leastLastN, lastN ?? leastLastN);
  const { closes, wins, losses } = recentWinRate(reading.series, wanted, asOf);
  if (closes < wanted) return none(`it needs ${wanted} closes, and there are ${closes}`);
  if (wins + losses === 0) return none('the last closes were all draws');
  return one(share(wins, wins + losses));
}

function minutesSince(instant: string | null, asOf: string): string {
  const [from, to] = [instantMs(instant ?? asOf), instantMs(asOf)];
  return String(Math.max(0, Math.floor(((to ?? 0) - (from ?? 0)) / minuteMs)));
}

/** Counts within the hours in which rows are to be expected, from their beginning on. */
function noNewRows(
  { hours }: Rule,
  { reading, asOf, tradingDay }: LevelFacts,
  lasting: Episode | null,
): LevelValues {
  const { newestRowAt } = reading.snapshot;
  if (newestRowAt === null) return none('the ledger is empty');
  const sinceRow = minutesSince(newestRowAt, asOf);
  // That hours ended or began anew has brought no row: what fires goes on.
  const isStillSilent = lasting !== null && compareInstants(newestRowAt, lasting.start.at) < 0;
  if (hours === null || isStillSilent) return one(sinceRow);
  const into = minutesIntoHours(hours, asOf, tradingDay.zone);
  return one(into === null ? '0' : String(Math.min(into, Number(sinceRow))));
}

/** How a rule of events counts on where nothing but the events since the last look are known. */
export const countedOn = (before: string | undefined, more: number): string =>
  printDecimal(addDecimals(parseDecimal(before ?? '0'), wholeDecimal(more)));
