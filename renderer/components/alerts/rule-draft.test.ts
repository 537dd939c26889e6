import { describe, expect, test } from 'vitest';
import { someRule } from '../../../shared/alerts/test-fixtures.ts';
import {
  draftOf,
  draftOfKind,
  type RuleDraft,
  ruleOfDraft,
  type TypedField,
} from './rule-draft.ts';

const share = someRule({ kind: 'connections', threshold: '0.8', recovery: '0.755' });

const typing = (draft: RuleDraft, field: TypedField, text: string): RuleDraft => ({
  ...draft,
  typed: { ...draft.typed, [field]: text },
});

const thresholdTyped = (draft: RuleDraft, text: string) => {
  const outcome = ruleOfDraft(typing(draft, 'threshold', text));
  return outcome.kind === 'rule' ? outcome.rule.threshold : outcome.problems[0]?.message;
};

test('a rule that nobody has changed stays as it is', () => {
  for (const rule of [someRule(), share, someRule({ kind: 'halted', threshold: null })]) {
    expect(ruleOfDraft(draftOf(rule))).toEqual({ kind: 'rule', rule });
  }
});

test('shares are typed in per cent', () => {
  expect(draftOf(share).typed).toMatchObject({ threshold: '80', recovery: '75.5' });
});

describe('numbers are read exactly, however they are typed', () => {
  test.each([
    ['-50', '-50'],
    ['−$1,250.50', '-1250.5'],
    [' 0.1 ', '0.1'],
    ['123456789012345678901234567890.12', '123456789012345678901234567890.12'],
  ])('%s', (text, value) => expect(thresholdTyped(draftOf(someRule()), text)).toBe(value));

  test.each([
    ['87.5 %', '0.875'],
    ['100', '1'],
  ])('%s of a share', (text, value) => expect(thresholdTyped(draftOf(share), text)).toBe(value));
});

test('what cannot be read is told with its field', () => {
  expect(thresholdTyped(draftOf(someRule()), '-20,5')).toBe(
    '"-20,5" is not a number. Write it like -50 or 12.50.',
  );
  expect(thresholdTyped(draftOf(someRule()), 'fifty')).toBe(
    '"fifty" is not a number. Write it like -50 or 12.50.',
  );
  expect(thresholdTyped(draftOf(someRule()), '')).toBe('There is no number here. Write one.');
  expect(ruleOfDraft(typing(draftOf(someRule()), 'pendingS', '-1'))).toEqual({
    kind: 'unreadable',
    problems: [{ field: 'pendingS', message: '"-1" is not a whole number, 0 or more.' }],
  });
});

test('hours are times of a day', () => {
  const noRows = someRule({ kind: 'no-new-rows', threshold: '30' });
  const outcomeOf = (from: string) =>
    ruleOfDraft(draftOf({ ...noRows, hours: { from, to: '17:00' } })).kind;
  expect(outcomeOf('09:00')).toBe('rule');
  expect(outcomeOf('9')).toBe('unreadable');
});

test('another kind keeps what a person wrote and takes its own line', () => {
  const rule = someRule({ name: 'Mine', plan: 'Stop', severity: 'critical', recovery: '-10' });
  const draft = draftOfKind(draftOf(rule), 'win-rate');
  expect(draft.rule).toMatchObject({ name: 'Mine', plan: 'Stop', severity: 'critical' });
  expect(draft.typed).toMatchObject({ threshold: '40', recovery: '', lastN: '50' });
});
