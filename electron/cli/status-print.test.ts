import { expect, it } from 'vitest';
import type { RuleStatus } from '../../shared/alerts/alerts-state.ts';
import { emptyRule } from '../../shared/alerts/rule.ts';
import { type Status, statusText } from './status-print.ts';
import { tableOptions } from './text-options.ts';

const scope = { by: 'strategy', value: null } as const;
const rule = {
  ...emptyRule('a', 'day-pnl-low'),
  name: 'Day P&L of any strategy that trades',
  scope,
};
const names = ['a-market-maker-of-the-first-kind', 'a-market-maker-of-the-second-kind'];

const ruleStatus: RuleStatus = {
  ...{ rule, count: 2 },
  instances: names.map((name) => ({
    ...{ scope: name, state: 'pending' as const, value: '-60', degraded: 'refused' },
  })),
};

const text = (change: Partial<Status['alerts']>, columns?: number): string => {
  const alerts = { isReady: true, rules: [ruleStatus], current: [], ...change };
  const status: Status = {
    source: { kind: 'serve', pid: 1 },
    ledger: { label: 'LEDGER', name: 'trading', host: '127.0.0.1:5432' },
    ...{ asOf: null, isReady: alerts.isReady, alerts },
  };
  const appearance = { palette: 'standard' } as unknown as Parameters<
    typeof tableOptions
  >[0]['appearance'];
  return statusText(
    status,
    'UTC',
    tableOptions({ appearance }, { env: { NO_COLOR: '1' }, columns }),
  );
};

it('prints each row whole in a pipe, with a reason in words', () => {
  const lines = text({}).split('\n');
  for (const name of names) {
    const line = lines.find((each) => each.includes(`${rule.name} of ${name}`));
    expect(line).toMatch(/ {2}the ledger cannot be asked$/);
  }
  expect(text({})).not.toMatch(/…|refused/);
});

it('takes all the width of a terminal, and lets the reason give way before the name', () => {
  for (const columns of [80, 130, 200]) {
    const out = text({}, columns);
    expect(out).not.toContain('…');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
  expect(text({}, 200)).toBe(text({}));
  // The reason is in two lines, the name in one.
  const at140 = text({}, 140);
  for (const name of names) expect(at140).toContain(`${rule.name} of ${name}`);
  expect(at140).not.toContain('the ledger cannot be asked');
});

it('what was evaluated and kept no values is quiet, and what was not is unknown', () => {
  const rules = [{ rule, instances: [], count: 0 }];
  expect(text({ rules })).toMatch(/normal .+ all quiet\n/);
  expect(text({ rules, isReady: false })).toMatch(/unknown .+ not evaluated yet\n/);
});
