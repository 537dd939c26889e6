import {
  absoluteDecimal,
  type Decimal,
  divideDecimals,
  parseDecimal,
  subtractDecimals,
  wholeDecimal,
} from '../../shared/decimal.ts';
import { formatCount } from '../../shared/format.ts';
import { type FigureId, figureIds } from '../../shared/metrics.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import type { Closes } from './close-series.ts';
import type { Facts } from './facts.ts';
import {
  meanFigure,
  noneFigure,
  notComputable,
  quotient,
  ratioDecimals,
  valueFigure,
  winRateOf,
} from './ratios.ts';
import { addCounts, addUp } from './row-groups.ts';

const noBankroll = 'no bankroll is set';

/** A P&L; without a single scored row there is nothing to compute it from, which is not $0.00. */
export const pnlFigure = (
  value: Decimal,
  { scored, open }: { readonly scored: number; readonly open: number },
): Figure =>
  scored === 0 ? noneFigure(`no realized P&L yet · ${formatCount(open)} open`) : valueFigure(value);

const pnlOf = ({ counts }: Facts, { pnl }: Closes): Figure => pnlFigure(pnl, counts);

const sumOfWins = ({ scored }: Facts): Decimal => addUp(scored, 'pnl_of_wins');
const sumOfLosses = ({ scored }: Facts): Decimal =>
  subtractDecimals(addUp(scored, 'pnl'), addUp(scored, 'pnl_of_wins'));

/** Mean of the losing trades, negative; null without one. */
export function averageLossOf(facts: Facts): Decimal | null {
  const { losses } = facts.outcomes;
  if (losses === 0) return null;
  return divideDecimals(sumOfLosses(facts), wholeDecimal(losses), ratioDecimals);
}

/** How each figure of `metrics.ts` follows from the facts; the formulas stand there. */
const formulas: Readonly<Record<FigureId, (facts: Facts) => Figure>> = {
  'day-pnl': (facts) => pnlOf(facts, facts.ranges.today),
  'day-return': dayReturn,
  'day-peak': ({ counts, dayPath }) => pnlFigure(dayPath.peak, counts),
  'day-give-back': ({ counts, dayPath }) => pnlFigure(dayPath.giveBack, counts),
  'month-pnl': (facts) => pnlOf(facts, facts.ranges.mtd),
  'year-pnl': (facts) => pnlOf(facts, facts.ranges.ytd),
  'all-time-pnl': (facts) => pnlOf(facts, facts.ranges.all),
  'unrealized-pnl': () =>
    notComputable('the ledger holds no present prices; best and worst case bound it, fees aside'),
  equity: ({ equity }) => valueFigure(equity.now),
  'high-water-mark': ({ equity }) => valueFigure(equity.highWaterMark),
  'current-drawdown': ({ equity }) => valueFigure(equity.currentDrawdown),
  'current-drawdown-pct': (facts) => drawdownPct(facts, facts.equity.currentDrawdownPct),
  'max-drawdown': ({ equity }) => valueFigure(equity.maxDrawdown),
  'max-drawdown-pct': (facts) => drawdownPct(facts, facts.equity.maxDrawdownPct),
  'win-rate': ({ outcomes }) => winRateOf(outcomes),
  'profit-factor': profitFactor,
  expectancy: (facts) =>
    meanFigure(
      addUp(facts.scored, 'pnl'),
      addUp(facts.scored, 'squares'),
      facts.counts.scored,
      'no closed trade with a P&L yet',
    ),
  'payoff-ratio': payoffRatio,
  'average-win': (facts) =>
    quotient(
      sumOfWins(facts),
      wholeDecimal(facts.outcomes.wins),
      facts.outcomes.wins,
      'no wins yet',
    ),
  'average-loss': (facts) => {
    const average = averageLossOf(facts);
    return average === null
      ? noneFigure('no losses yet')
      : valueFigure(average, facts.outcomes.losses);
  },
  'largest-win': ({ scored, outcomes }) =>
    extreme(scored[0]?.highest, outcomes.wins, 'no wins yet'),
  'largest-loss': ({ scored, outcomes }) =>
    extreme(scored[0]?.lowest, outcomes.losses, 'no losses yet'),
  'current-streak': ({ streaks, dated }) => streak(streaks.run, dated),
  'worst-streak': ({ streaks, dated }) => streak(streaks.worstRun, dated),
  'hold-mean': ({ hold }) => holdTime(hold.mean, hold.n),
  'hold-median': ({ hold }) => holdTime(hold.median, hold.n),
  fees: ({ executed }) => valueFigure(addUp(executed, 'fees')),
  turnover: ({ executed }) => valueFigure(addUp(executed, 'quantity')),
  'return-on-stake': ({ scored }) =>
    quotient(
      addUp(scored, 'staked_pnl'),
      addUp(scored, 'quantity'),
      addCounts(scored, 'quantities'),
      'no closed trade with a stake yet',
    ),
  'open-exposure': ({ risk }) => valueFigure(risk.cost),
  'worst-case': ({ risk }) => valueFigure(risk.worst),
  'best-case': ({ risk }) => valueFigure(risk.best),
  'promised-pnl': ({ open }) => valueFigure(addUp(open, 'promise')),
  'rejection-rate': ({ counts }) => share(counts.rejected, counts.all, 'no rows yet'),
  'failure-rate': ({ counts }) =>
    share(counts.failed, counts.executed + counts.failed, 'no approved trade yet'),
};

/** Every figure. One that cannot be computed says so and leaves the others standing. */
export function figuresOf(
  facts: Facts,
  note: (sentence: string, error: unknown) => void,
): Snapshot['figures'] {
  const figure = (id: FigureId): Figure => {
    try {
      return formulas[id](facts);
    } catch (error) {
      note(`The figure ${id} could not be computed.`, error);
      return { kind: 'error', value: null, reason: 'computing it failed; the log has the cause' };
    }
  };
  return Object.fromEntries(figureIds.map((id) => [id, figure(id)])) as Snapshot['figures'];
}

function dayReturn(facts: Facts): Figure {
  const pnl = pnlOf(facts, facts.ranges.today);
  const { bankroll } = facts.options;
  if (pnl.kind !== 'value') return pnl;
  if (bankroll === null) return notComputable(noBankroll);
  return quotient(
    parseDecimal(pnl.value),
    parseDecimal(bankroll),
    facts.ranges.today.closes,
    noBankroll,
  );
}

function drawdownPct({ options }: Facts, share: Decimal | null): Figure {
  if (share !== null) return valueFigure(share);
  return notComputable(
    options.bankroll === null ? noBankroll : 'the high-water mark is not above $0',
  );
}

function profitFactor(facts: Facts): Figure {
  const { wins, losses } = facts.outcomes;
  if (wins + losses === 0) return noneFigure('no win or loss yet');
  if (losses === 0) return { kind: 'infinite', value: null, reason: 'no losses' };
  return quotient(
    sumOfWins(facts),
    absoluteDecimal(sumOfLosses(facts)),
    wins + losses,
    'no losses',
  );
}

// (wins' sum ÷ W) ÷ (losses' sum ÷ L), divided once.
function payoffRatio(facts: Facts): Figure {
  const { wins, losses } = facts.outcomes;
  if (wins === 0) return noneFigure('no wins yet');
  const times = ({ units, scale }: Decimal, count: number): Decimal => ({
    units: units * BigInt(count),
    scale,
  });
  return quotient(
    times(sumOfWins(facts), losses),
    times(absoluteDecimal(sumOfLosses(facts)), wins),
    wins + losses,
    'no losses yet',
  );
}

const extreme = (value: string | null | undefined, count: number, whenNone: string): Figure =>
  value === null || value === undefined || count === 0
    ? noneFigure(whenNone)
    : valueFigure(parseDecimal(value));

const streak = (length: number, { wins, losses }: Closes): Figure =>
  wins + losses === 0
    ? noneFigure('no win or loss with a close time yet')
    : valueFigure(wholeDecimal(length));

const holdTime = (seconds: Decimal | null, n: number): Figure =>
  seconds === null ? noneFigure('no close with a time yet') : valueFigure(seconds, n);

const share = (part: number, whole: number, whenNone: string): Figure =>
  quotient(wholeDecimal(part), wholeDecimal(whole), whole, whenNone);
