import { divideDecimals, parseDecimal, printDecimal, signOf } from '../decimal.ts';
import { formatText } from '../format.ts';
import { compareInstants } from '../instant.ts';
import type { Figure, Limit, Snapshot, TradingDay } from '../snapshot.ts';
import type { DailyClose } from './alerts-state.ts';
import type { Episode } from './episode.ts';
import { endWords, episodeTitle } from './episode-words.ts';

export { dailyCloseMarkdown, dailyCloseToast } from './daily-close-words.ts';

/** Closes of a day; a P&L of null is not known. */
export type DayCloses = Pick<DailyClose, 'pnl' | 'closes' | 'wins' | 'draws' | 'losses'>;

/** What a daily close is made from. */
export interface DayFacts {
  /** The first one of the new day. */
  readonly snapshot: Snapshot;
  /** The day that is over. */
  readonly day: TradingDay;
  /** The last one of that day; null when nobody watched. */
  readonly before: Snapshot | null;
  /** Those that did not begin in the day are left out. */
  readonly episodes: readonly Episode[];
  /** The day counted over the closes of now; without it wins and losses may stay unknown. */
  readonly counted?: DayCloses | undefined;
}

const shareDecimals = 15;

/**
 * What a trading day came to. P&L and closes are those that the new day's figures know, so that a close
 * of the last moment counts. Wins, draws and losses are 0 where they are not known: their sum then falls
 * short of the closes.
 */
export function dailyCloseOf({ snapshot, day, before, episodes, counted }: DayFacts): DailyClose {
  const last = before?.day.name === day.name ? before : null;
  return {
    ...{ day: day.name, at: snapshot.asOf, ...(counted ?? closesOf(snapshot, day, last)) },
    limits: (last?.limits ?? []).map(limitOf),
    openWorstCase: amountOf(snapshot.figures['worst-case']),
    open: snapshot.counts.open,
    alerts: episodes
      .filter(({ start }) => isIn(day, start.at))
      .sort((a, b) => compareInstants(a.start.at, b.start.at))
      .map((episode) => alertOf(episode, day)),
  };
}

const isIn = ({ start, end }: TradingDay, instant: string): boolean =>
  compareInstants(instant, start) >= 0 && compareInstants(instant, end) < 0;

const amountOf = (figure: Figure): string | null => (figure.kind === 'value' ? figure.value : null);

function closesOf({ days, counts }: Snapshot, day: TradingDay, last: Snapshot | null): DayCloses {
  const unknown = { wins: 0, draws: 0, losses: 0 };
  const found = days.find(({ name }) => name === day.name);
  // A day of longer ago than the figures go back: that nothing closed must not be made up.
  if (found === undefined) return { pnl: null, closes: 0, ...unknown };
  const { closes } = found;
  const pnl = counts.scored === 0 ? null : found.pnl;
  // Outcomes of the last look hold when nothing has closed, gone or changed since.
  const today = last?.today;
  const holds = today?.closes === closes && amountOf(today.pnl) === found.pnl;
  if (!holds) return { pnl, closes, ...unknown };
  const { wins, draws, losses } = today;
  return { pnl, closes, wins, draws, losses };
}

const limitNames: Readonly<Record<Limit['kind'], string>> = {
  'daily-loss': 'Daily loss',
  drawdown: 'Drawdown',
  venue: 'Venue',
  market: 'Market',
};

function limitOf({ kind, subject, used, limit }: Limit): DailyClose['limits'][number] {
  const [amount, most] = [amountOf(used), amountOf(limit)];
  const name = subject === null ? limitNames[kind] : `${limitNames[kind]} ${formatText(subject)}`;
  return { name, used: amount, share: shareOf(amount, most) };
}

function shareOf(amount: string | null, most: string | null): string | null {
  if (amount === null || most === null) return null;
  const whole = parseDecimal(most);
  if (signOf(whole) <= 0) return null;
  return printDecimal(divideDecimals(parseDecimal(amount), whole, shareDecimals));
}

const alertOf = (episode: Episode, { zone }: TradingDay): DailyClose['alerts'][number] => ({
  ...{ at: episode.start.at, severity: episode.severity },
  title: episodeTitle(episode),
  end: endWords(episode, { zone }),
});
