/**
 * How a figure is printed. `pnl` is signed dollars, `money` an amount, `fraction` a percentage,
 * `ratio` a plain quotient, `seconds` a duration, `streak` wins in a row, negative for losses.
 */
export type Unit = 'pnl' | 'money' | 'fraction' | 'ratio' | 'count' | 'seconds' | 'streak';

/** What a figure means: the one source of tooltips, guide, report and documentation. */
export interface Metric {
  readonly label: string;
  readonly unit: Unit;
  readonly definition: string;
  readonly formula: string;
}

/**
 * Every metric that the ledger itself yields, by the name that test ids, exports and the feed share.
 * Their definitions are those of the design's `ledger.md`. "Scored" is a closed trade with a finite
 * P&L; "dated" is a scored one with a close time.
 */
export const figureMetrics = {
  'day-pnl': {
    label: 'Today',
    unit: 'pnl',
    definition: 'Realized P&L of the trades that closed in this trading day.',
    formula: 'Σ P&L of scored trades closed in the day',
  },
  'day-return': {
    label: 'Today, of bankroll',
    unit: 'fraction',
    definition: 'P&L of the trading day as a share of the bankroll.',
    formula: 'day P&L ÷ bankroll',
  },
  'day-peak': {
    label: 'Peak today',
    unit: 'pnl',
    definition: 'Highest P&L that the day has reached so far; a day starts at 0.',
    formula: 'max(0, cumulative day P&L)',
  },
  'day-give-back': {
    label: 'Given back',
    unit: 'money',
    definition: 'How far the day has come down from its peak.',
    formula: 'day peak − day P&L',
  },
  'month-pnl': {
    label: 'Month to date',
    unit: 'pnl',
    definition: 'Realized P&L of the trading days of this month up to today.',
    formula: 'Σ day P&L since the first of the month',
  },
  'year-pnl': {
    label: 'Year to date',
    unit: 'pnl',
    definition: 'Realized P&L of the trading days of this year up to today.',
    formula: 'Σ day P&L since 1 January',
  },
  'all-time-pnl': {
    label: 'All time, realized',
    unit: 'pnl',
    definition: 'Realized P&L of every closed trade, those without a close time included.',
    formula: 'Σ P&L over scored trades',
  },
  'unrealized-pnl': {
    label: 'Unrealized P&L',
    unit: 'pnl',
    definition:
      'P&L of the open trades at present prices. The ledger holds no present prices, so it cannot be said; best and worst case bound it.',
    formula: 'not computable',
  },
  equity: {
    label: 'Equity',
    unit: 'money',
    definition: 'Bankroll and what dated closes have added to it.',
    formula: 'bankroll + Σ P&L of dated trades',
  },
  'high-water-mark': {
    label: 'High-water mark',
    unit: 'money',
    definition: 'Highest equity ever reached; it starts at the bankroll.',
    formula: 'max(bankroll, equity at each close)',
  },
  'current-drawdown': {
    label: 'Drawdown now',
    unit: 'money',
    definition: 'How far equity stands below its high-water mark.',
    formula: 'high-water mark − equity',
  },
  'current-drawdown-pct': {
    label: 'Drawdown now, %',
    unit: 'fraction',
    definition: 'The present drawdown as a share of the high-water mark.',
    formula: '(high-water mark − equity) ÷ high-water mark',
  },
  'max-drawdown': {
    label: 'Max drawdown',
    unit: 'money',
    definition:
      'The deepest fall in dollars from a high-water mark; the first one where two are equal.',
    formula: 'max over time of (high-water mark − equity)',
  },
  'max-drawdown-pct': {
    label: 'Max drawdown, %',
    unit: 'fraction',
    definition:
      'The deepest fall as a share of the high-water mark of its time. It may be another fall than the deepest in dollars.',
    formula: 'max over time of (high-water mark − equity) ÷ high-water mark',
  },
  'win-rate': {
    label: 'Win rate',
    unit: 'fraction',
    definition:
      'Share of wins among wins and losses, with its 95 % Wilson interval; draws count as neither. n is wins and losses.',
    formula: 'wins ÷ (wins + losses)',
  },
  'profit-factor': {
    label: 'Profit factor',
    unit: 'ratio',
    definition: 'Dollars won for each dollar lost.',
    formula: 'Σ wins ÷ |Σ losses|',
  },
  expectancy: {
    label: 'Expectancy',
    unit: 'pnl',
    definition: 'Average P&L of a scored trade, ± its standard error. n is scored trades.',
    formula: 'mean P&L ± standard deviation (n − 1) ÷ √n',
  },
  'payoff-ratio': {
    label: 'Payoff ratio',
    unit: 'ratio',
    definition: 'Size of the average win against the average loss.',
    formula: 'average win ÷ |average loss|',
  },
  'average-win': {
    label: 'Average win',
    unit: 'pnl',
    definition: 'Mean P&L of the winning trades.',
    formula: 'Σ wins ÷ number of wins',
  },
  'average-loss': {
    label: 'Average loss',
    unit: 'pnl',
    definition: 'Mean P&L of the losing trades.',
    formula: 'Σ losses ÷ number of losses',
  },
  'largest-win': {
    label: 'Largest win',
    unit: 'pnl',
    definition: 'The best scored trade.',
    formula: 'max P&L of winning trades',
  },
  'largest-loss': {
    label: 'Largest loss',
    unit: 'pnl',
    definition: 'The worst scored trade.',
    formula: 'min P&L of losing trades',
  },
  'current-streak': {
    label: 'Streak now',
    unit: 'streak',
    definition:
      'Wins or losses in a row up to the last close, by close time; draws neither extend nor break it.',
    formula: 'run of equal signs at the end of the dated trades',
  },
  'worst-streak': {
    label: 'Worst streak',
    unit: 'streak',
    definition: 'Most losses in a row ever; draws neither extend nor break it.',
    formula: 'longest run of losses among the dated trades',
  },
  'hold-mean': {
    label: 'Mean hold time',
    unit: 'seconds',
    definition:
      'Average time from opening to close of dated trades; a close before its opening is left out.',
    formula: 'mean of close time − creation time',
  },
  'hold-median': {
    label: 'Median hold time',
    unit: 'seconds',
    definition:
      'Half of the dated trades were held shorter than this; a close before its opening is left out.',
    formula: 'median of close time − creation time',
  },
  fees: {
    label: 'Fees',
    unit: 'money',
    definition: 'Fees of all executed trades.',
    formula: 'Σ fees over executed trades',
  },
  turnover: {
    label: 'Turnover',
    unit: 'money',
    definition: 'Stakes of all executed trades.',
    formula: 'Σ quantity over executed trades',
  },
  'return-on-stake': {
    label: 'Return on stake',
    unit: 'fraction',
    definition:
      'P&L for each dollar staked, with contracts for each contract. Trades whose quantity is no finite number are left out of both sums.',
    formula: 'Σ P&L ÷ Σ quantity over scored trades',
  },
  'open-exposure': {
    label: 'Open exposure',
    unit: 'money',
    definition: 'What the open trades have cost and can lose.',
    formula:
      'Σ cost of open trades: the quantity, or with contracts q·p for a buy, q·(1−p) for a sell',
  },
  'worst-case': {
    label: 'Worst case',
    unit: 'pnl',
    definition:
      'What the open trades add up to if each market ends the worse way. A bound, not a forecast; fees ignored.',
    formula: 'Σ over markets of the smaller of the YES and the NO case',
  },
  'best-case': {
    label: 'Best case',
    unit: 'pnl',
    definition:
      'What the open trades add up to if each market ends the better way. A bound, not a forecast; fees ignored.',
    formula: 'Σ over markets of the larger of the YES and the NO case',
  },
  'promised-pnl': {
    label: 'Promised P&L',
    unit: 'pnl',
    definition:
      'What the trading model expects of the open trades: a model estimate. Trades whose expected edge or quantity is no finite number are left out.',
    formula: 'Σ quantity × expected edge over open trades',
  },
  'rejection-rate': {
    label: 'Rejection rate',
    unit: 'fraction',
    definition: 'Share of all rows that the risk check turned down. n is all rows.',
    formula: 'rejected ÷ all',
  },
  'failure-rate': {
    label: 'Failure rate',
    unit: 'fraction',
    definition:
      'Share of the approved trades whose execution failed. n is executed and failed trades.',
    formula: 'failed ÷ (executed + failed)',
  },
} as const satisfies Record<string, Metric>;

/** Counts of rows: always known, 0 on an empty ledger. */
export const countMetrics = {
  'all-count': {
    label: 'Rows',
    unit: 'count',
    definition: 'Every row of the ledger; the classes below add up to it.',
    formula: 'rejected + failed + open + closed + other',
  },
  'open-count': {
    label: 'Open',
    unit: 'count',
    definition: 'Executed trades that are not closed yet.',
    formula: 'executed rows with status open',
  },
  'closed-count': {
    label: 'Closed',
    unit: 'count',
    definition: 'Executed trades that are closed or resolved, those without a P&L included.',
    formula: 'executed rows with status closed or resolved',
  },
  'rejected-count': {
    label: 'Rejected',
    unit: 'count',
    definition: 'Turned down by the risk check, never executed.',
    formula: 'rows that are not approved',
  },
  'failed-count': {
    label: 'Failed',
    unit: 'count',
    definition: 'Approved, but the execution failed.',
    formula: 'approved rows with a rejection reason',
  },
  'other-count': {
    label: 'Other',
    unit: 'count',
    definition:
      'Executed, with a status that is not known here. Counted, but a P&L on it is in no sum.',
    formula: 'executed rows with any other status',
  },
  'unscored-count': {
    label: 'Closed without P&L',
    unit: 'count',
    definition: 'Closed trades without a finite P&L: counted as closed, in no sum.',
    formula: 'closed − scored',
  },
} as const satisfies Record<string, Metric>;

/** Both kinds, for whoever prints all of them. */
export const metrics = { ...countMetrics, ...figureMetrics } as const;

export type FigureId = keyof typeof figureMetrics;
export type CountId = keyof typeof countMetrics;
export type MetricId = keyof typeof metrics;

/** Names in the order of the tables above. */
export const figureIds = Object.keys(figureMetrics) as [FigureId, ...FigureId[]];
export const metricIds = Object.keys(metrics) as [MetricId, ...MetricId[]];
