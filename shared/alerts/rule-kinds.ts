/** What a rule watches: one closed list, in the order in which they are offered. */
export const ruleKindIds = [
  'day-pnl-low',
  'day-pnl-high',
  'total-pnl-low',
  'total-pnl-high',
  'drawdown',
  'drawdown-share',
  'give-back',
  'single-win',
  'single-loss',
  'losing-streak',
  'equity-high',
  'exposure',
  'worst-case',
  'win-rate',
  'edge-capture',
  'rejection-rate',
  'failure-rate',
  'halted',
  'failed-order',
  'pending-order',
  'no-new-rows',
  'data-quality',
  'restatement',
  'connections',
  'stale',
  'unreachable',
] as const;

export type RuleKindId = (typeof ruleKindIds)[number];

/** By what a rule may be told apart: each value that occurs has an instance of its own. */
export const scopeKinds = ['strategy', 'venue', 'market'] as const;

export type ScopeKind = (typeof scopeKinds)[number];

/** What a threshold is written in. Shares are fractions of 1. */
export type ThresholdUnit = 'pnl' | 'money' | 'share' | 'count' | 'minutes' | 'seconds';

/** What is known of a kind of rule. */
export interface RuleKind {
  /** Names the metric; a title goes "name value, threshold". */
  readonly name: string;
  /** One sentence for who chooses it. */
  readonly meaning: string;
  /**
   * `path`: evaluated at every close since the last evaluation, on the time of the closes. `level`:
   * evaluated once a snapshot, on monotonic time.
   */
  readonly timing: 'path' | 'level';
  /** Which side of the threshold breaches: `low` is at or below it, `high` at or above. */
  readonly side: 'low' | 'high';
  /** Null where there is nothing to set: it breaches above 0. */
  readonly unit: ThresholdUnit | null;
  /** It starts anew with each trading day. */
  readonly isDaily: boolean;
  /** Something that happens rather than lasts: each is an episode of its own that ends at once. */
  readonly isEvent: boolean;
  readonly scopes: readonly ScopeKind[];
  /** Threshold offered first. */
  readonly usual: string | null;
}

const path = { timing: 'path', isDaily: false, isEvent: false, scopes: scopeKinds } as const;
const level = { timing: 'level', isDaily: false, isEvent: false, scopes: [] } as const;

/** Every kind of rule, by its id. */
export const ruleKinds: Readonly<Record<RuleKindId, RuleKind>> = {
  'day-pnl-low': {
    ...{ ...path, isDaily: true, name: 'Day P&L', side: 'low', unit: 'pnl', usual: '-50' },
    meaning: 'The P&L of the trading day falls to a line or below it.',
  },
  'day-pnl-high': {
    ...{ ...path, isDaily: true, name: 'Day P&L', side: 'high', unit: 'pnl', usual: '50' },
    meaning: 'The P&L of the trading day reaches a line.',
  },
  'total-pnl-low': {
    ...{ ...path, name: 'All-time P&L', side: 'low', unit: 'pnl', usual: '-100' },
    meaning: 'The P&L since the beginning falls to a line or below it.',
  },
  'total-pnl-high': {
    ...{ ...path, name: 'All-time P&L', side: 'high', unit: 'pnl', usual: '1000' },
    meaning: 'The P&L since the beginning reaches a line.',
  },
  drawdown: {
    ...{ ...path, name: 'Drawdown', side: 'high', unit: 'money', usual: '50' },
    meaning: 'The equity stands this far below its high-water mark.',
  },
  'drawdown-share': {
    ...{ ...path, scopes: [], name: 'Drawdown', side: 'high', unit: 'share', usual: '0.1' },
    meaning: 'The equity stands this share of its high-water mark below it.',
  },
  'give-back': {
    ...{ ...path, isDaily: true, name: 'Give-back', side: 'high', unit: 'money', usual: '25' },
    meaning: 'This much of the best P&L of the trading day is gone again.',
  },
  'single-win': {
    ...{ ...path, isEvent: true, name: 'Single win', side: 'high', unit: 'pnl', usual: '50' },
    meaning: 'One trade closes with a win of this much or more.',
  },
  'single-loss': {
    ...{ ...path, isEvent: true, name: 'Single loss', side: 'low', unit: 'pnl', usual: '-50' },
    meaning: 'One trade closes with a loss of this much or more.',
  },
  'losing-streak': {
    ...{ ...path, name: 'Losing streak', side: 'high', unit: 'count', usual: '5' },
    meaning: 'So many trades in a row close with a loss; draws do not count.',
  },
  'equity-high': {
    ...{ ...path, isEvent: true, scopes: [], name: 'New equity high', side: 'high', unit: null },
    ...{ usual: null, meaning: 'The equity rises above its high-water mark.' },
  },
  exposure: {
    ...{ ...level, scopes: ['venue', 'market'], name: 'Exposure', side: 'high', unit: 'money' },
    ...{
      usual: '250',
      meaning: 'The open trades cost this much, in all or of one venue or market.',
    },
  },
  'worst-case': {
    ...{ ...level, name: 'Worst case', side: 'high', unit: 'share', usual: '1' },
    meaning:
      'The day’s loss, should every open trade go wrong, takes this share of the daily loss limit.',
  },
  'win-rate': {
    ...{ ...level, name: 'Win rate', side: 'low', unit: 'share', usual: '0.4' },
    meaning: 'Of the last closes no more than this share are wins.',
  },
  'edge-capture': {
    ...{
      ...level,
      scopes: ['strategy'],
      name: 'Edge capture',
      side: 'low',
      unit: 'share',
      usual: '0.5',
    },
    meaning: 'Of the P&L that the model promised no more than this share was realized.',
  },
  'rejection-rate': {
    ...{ ...level, name: 'Rejection rate', side: 'high', unit: 'share', usual: '0.5' },
    meaning: 'This share of all rows is rejected by the risk check.',
  },
  'failure-rate': {
    ...{ ...level, name: 'Failure rate', side: 'high', unit: 'share', usual: '0.1' },
    meaning: 'This share of the approved rows failed to execute.',
  },
  halted: {
    ...{ ...level, isEvent: true, name: 'System halted', side: 'high', unit: null, usual: null },
    meaning: 'A trade is rejected because the trading system is halted.',
  },
  'failed-order': {
    ...{ ...level, isEvent: true, name: 'Failed order', side: 'high', unit: null, usual: null },
    meaning: 'An approved trade fails to execute.',
  },
  'pending-order': {
    ...{ ...level, name: 'Oldest pending order', side: 'high', unit: 'minutes', usual: '5' },
    meaning: 'A live order has been pending for so many minutes.',
  },
  'no-new-rows': {
    ...{ ...level, name: 'No new row', side: 'high', unit: 'minutes', usual: '30' },
    meaning: 'The trading system has written nothing for so many minutes: it may be dead.',
  },
  'data-quality': {
    ...{ ...level, name: 'Odd rows', side: 'high', unit: 'count', usual: '1' },
    meaning: 'So many rows contradict themselves or cannot be counted.',
  },
  restatement: {
    ...{ ...level, isEvent: true, name: 'Restatement', side: 'high', unit: null, usual: null },
    meaning: 'Figures that were shown turn out to have been others.',
  },
  connections: {
    ...{ ...level, name: 'Server connections', side: 'high', unit: 'share', usual: '0.8' },
    meaning: 'This share of the database server’s connections is in use, by whomever.',
  },
  stale: {
    ...{ ...level, name: 'Figures not confirmed', side: 'high', unit: 'seconds', usual: '60' },
    meaning: 'The figures are this old, whatever the reason.',
  },
  unreachable: {
    ...{ ...level, name: 'No connection', side: 'high', unit: null, usual: null },
    meaning: 'The database cannot be reached.',
  },
};
