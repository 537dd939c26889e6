/** One of the engine's ways of trading. */
export interface Play {
  readonly strategyId: string | null;
  readonly opportunityType: string;
  /** How often it is played, against the others. */
  readonly weight: number;
  /** Part of its trades that make money. */
  readonly winRate: number;
  /** What a winner makes on average, as a part of its stake. */
  readonly gain: number;
  /** What a loser costs on average, as a part of its stake. */
  readonly loss: number;
  /** How long it holds, as a multiple of the usual. */
  readonly hold: number;
  /** Two legs bet on the same question at both venues, one each way. */
  readonly legs: 1 | 2;
}

type Numbers = readonly [weight: number, winRate: number, gain: number, loss: number, hold: number];

/** All plays; the late fade loses a little, so that the Strategies view has something to show. */
export const playbook: readonly Play[] = [
  play('cross-arb', 'cross_venue', [17, 0.66, 0.045, 0.075, 1.1], 2),
  play('oracle-sniper', 'oracle_lag', [24, 0.6, 0.11, 0.147, 0.5]),
  play('oracle-sniper', 'unknown', [3, 0.57, 0.1, 0.13, 0.6]),
  play('mean-revert', 'stale_quote', [18, 0.57, 0.085, 0.105, 1.2]),
  play('mean-revert', 'intra_market', [12, 0.55, 0.08, 0.094, 1]),
  play('late-fade', 'intra_market', [9, 0.49, 0.125, 0.126, 1.6]),
  play('late-fade', 'stale_quote', [4, 0.5, 0.12, 0.125, 1.6]),
  play(null, 'unknown', [5, 0.54, 0.08, 0.094, 0.9]),
];

const usual: Play = play(null, 'unknown', [1, 0.56, 0.09, 0.11, 1]);

/** The play that a row of the database came from, as far as it can be told. */
export function playOf(strategyId: string | null, opportunityType: string): Play {
  const sameStrategy = playbook.filter((item) => item.strategyId === strategyId);
  const exact = sameStrategy.find((item) => item.opportunityType === opportunityType);
  return exact ?? sameStrategy[0] ?? usual;
}

function play(
  strategyId: string | null,
  opportunityType: string,
  [weight, winRate, gain, loss, hold]: Numbers,
  legs: 1 | 2 = 1,
): Play {
  return { strategyId, opportunityType, weight, winRate, gain, loss, hold, legs };
}
