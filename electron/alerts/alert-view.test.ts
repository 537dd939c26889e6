import { expect, test } from 'vitest';
import type { InstanceStatus } from '../../shared/alerts/alerts-state.ts';
import { nearestFirst } from './alert-view.ts';

const at = (
  scope: string,
  value: string | null,
  state: InstanceStatus['state'] = 'normal',
): InstanceStatus => ({ scope, value, state, degraded: null });

const names = (kind: 'day-pnl-low' | 'exposure', ...all: InstanceStatus[]) =>
  nearestFirst({ kind }, all).map(({ scope }) => scope);

test('what fires comes first, then what stands nearest to its line', () => {
  const low = [at('far', '12'), at('unknown', null), at('near', '-49.5'), at('mid', '-9')];
  expect(names('day-pnl-low', ...low, at('fires', '-20', 'firing'))).toEqual([
    ...['fires', 'near', 'mid', 'far', 'unknown'],
  ]);
  expect(names('exposure', at('far', '9'), at('near', '100'))).toEqual(['near', 'far']);
});
