import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Decimal,
  multiplyDecimals,
  parseDecimal,
  signOf,
  subtractDecimals,
  zero,
} from '../../shared/decimal.ts';
import type { Exposure, Figure, Limit } from '../../shared/snapshot.ts';
import type { Facts } from './facts.ts';
import { averageLossOf } from './figures.ts';
import { notComputable, valueFigure } from './ratios.ts';

interface Use {
  readonly kind: Limit['kind'];
  readonly share: string | null;
  /** What the share is taken of; null without a bankroll. */
  readonly base: Decimal | null;
  readonly used: Decimal;
  /** What is left of a limit; the limit less what is used, unless said otherwise. */
  readonly left?: (limit: Decimal) => Decimal;
  readonly subject: string | null;
  /** One more average loser uses up its size; null where it does not. */
  readonly loser: Decimal | null;
}

/** The limits that are switched on, and how much of each is used. */
export function limitsOf(facts: Facts): Limit[] {
  const { options, equity, risk, ranges } = facts;
  const bankroll = options.bankroll === null ? null : parseDecimal(options.bankroll);
  const averageLoss = averageLossOf(facts);
  const loser = averageLoss === null ? null : absoluteDecimal(averageLoss);
  const dayPnl = ranges.today.pnl;
  const uses: Use[] = [
    {
      ...{ kind: 'daily-loss', share: options.limits.dailyLoss, base: bankroll, subject: null },
      used: signOf(dayPnl) < 0 ? absoluteDecimal(dayPnl) : zero,
      left: (limit) => addDecimals(limit, dayPnl),
      loser,
    },
    {
      ...{ kind: 'drawdown', share: options.limits.drawdown, subject: null, loser },
      base: bankroll === null ? null : equity.highWaterMark,
      used: equity.currentDrawdown,
    },
    exposureUse('venue', options.limits.venue, bankroll, risk.exposure.venues[0]),
    exposureUse('market', options.limits.market, bankroll, risk.exposure.markets[0]),
  ];
  return uses.flatMap((use) => (use.share === null ? [] : [limitOf(use, use.share)]));
}

function exposureUse(
  kind: 'venue' | 'market',
  share: string | null,
  base: Decimal | null,
  costliest: Exposure | undefined,
): Use {
  const used = costliest === undefined ? zero : parseDecimal(costliest.cost);
  const subject = costliest?.group.kind === 'named' ? costliest.group.name : null;
  return { kind, share, base, used, subject, loser: null };
}

function limitOf({ kind, base, used, left, subject, loser }: Use, share: string): Limit {
  const named = { kind, subject, share, used: valueFigure(used) };
  if (base === null) {
    const missing: Figure = notComputable('no bankroll is set');
    return { ...named, limit: missing, left: missing, breachedByAverageLoss: null };
  }
  const limit = multiplyDecimals(parseDecimal(share), base);
  const remaining = left === undefined ? subtractDecimals(limit, used) : left(limit);
  return {
    ...named,
    limit: valueFigure(limit),
    left: valueFigure(remaining),
    breachedByAverageLoss: loser === null ? null : compareDecimals(remaining, loser) < 0,
  };
}
