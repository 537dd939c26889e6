import { type RuleKindId, ruleKinds } from '../../../shared/alerts/rule-kinds.ts';

/** Kinds of rules as they are offered: each of them once. */
export const kindGroups: readonly {
  readonly name: string;
  readonly kinds: readonly RuleKindId[];
}[] = [
  {
    name: 'P&L',
    kinds: ['day-pnl-low', 'day-pnl-high', 'total-pnl-low', 'total-pnl-high', 'equity-high'],
  },
  {
    name: 'Risk',
    kinds: ['drawdown', 'drawdown-share', 'give-back', 'exposure', 'worst-case'],
  },
  {
    name: 'Closes',
    kinds: ['single-win', 'single-loss', 'losing-streak', 'win-rate', 'edge-capture'],
  },
  {
    name: 'Orders',
    kinds: ['rejection-rate', 'failure-rate', 'halted', 'failed-order', 'pending-order'],
  },
  {
    name: 'Data and connection',
    kinds: [
      ...(['no-new-rows', 'data-quality', 'restatement'] as const),
      ...(['connections', 'stale', 'unreachable'] as const),
    ],
  },
];

/** A kind's name among others of the same name. */
export function kindLabel(kind: RuleKindId): string {
  const { name, side, unit } = ruleKinds[kind];
  switch (kind) {
    case 'day-pnl-low':
    case 'day-pnl-high':
    case 'total-pnl-low':
    case 'total-pnl-high':
      return `${name} ${side === 'low' ? 'falls to' : 'rises to'}`;
    case 'drawdown':
    case 'drawdown-share':
      return `${name} in ${unit === 'share' ? 'per cent' : 'dollars'}`;
    default:
      return name;
  }
}
