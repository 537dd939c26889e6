import { expect, test } from 'vitest';
import { ruleKindIds } from '../../../shared/alerts/rule-kinds.ts';
import { kindGroups, kindLabel } from './kind-groups.ts';

test('each kind is offered once, by a name of its own', () => {
  const offered = kindGroups.flatMap(({ kinds }) => kinds);
  expect(offered.toSorted()).toEqual(ruleKindIds.toSorted());
  expect(new Set(ruleKindIds.map(kindLabel)).size).toBe(ruleKindIds.length);
});
