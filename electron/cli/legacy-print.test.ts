import { expect, test } from 'vitest';
import type { LegacyReport } from '../ledger/legacy-report.ts';
import { legacyJson, legacyText } from './legacy-print.ts';
import { plainPaint } from './paint.ts';

const source = { database: 'trading', address: 'db.example:5432', label: 'PAPER' } as const;
const print = (report: LegacyReport, label: 'PAPER' | 'DEMO' = 'PAPER'): string =>
  legacyText(report, { source: { ...source, label }, days: 7 }, {
    width: 80,
    paint: plainPaint,
    style: 'ascii',
  } as const);

const empty: LegacyReport = {
  ...{ totalTrades: 0, openTrades: 0, closedTrades: 0, realizedPnl: '0', wins: 0, losses: 0 },
  ...{ rejections: 0, byOpportunityType: [], riskRejections: [] },
};

test('an empty ledger is all zeros, the win rate too', () => {
  expect(JSON.parse(legacyJson(empty))).toEqual({
    ...{ total_trades: 0, open_trades: 0, closed_trades: 0, realized_pnl: 0, wins: 0, losses: 0 },
    ...{ win_rate: 0, rejections: 0, by_opportunity_type: [], risk_rejections: [] },
  });
});

test('numbers keep all their digits, hostile text is text, what is no number is null', () => {
  const json = legacyJson({
    ...{ ...empty, closedTrades: 3, wins: 2 },
    realizedPnl: '1234567890123456789012345678901234567890.12345678',
    byOpportunityType: [{ type: '"}\u0000\u202e', trades: 2, pnl: null }],
    riskRejections: [{ reason: null, count: 4 }],
  });
  expect(json).toContain('"realized_pnl": 1234567890123456789012345678901234567890.12345678,');
  expect(JSON.parse(json)).toMatchObject({
    win_rate: 2 / 3,
    by_opportunity_type: [{ type: '"}\u0000\u202e', trades: 2, pnl: null }],
    risk_rejections: [{ reason: null, count: 4 }],
  });
});

test('a number that JSON cannot give back is null', () => {
  expect(JSON.parse(legacyJson({ ...empty, realizedPnl: '9'.repeat(400) }))).toMatchObject({
    realized_pnl: null,
  });
});

test('the table says the same', () => {
  const report = { ...empty, totalTrades: 3, closedTrades: 2, wins: 1, realizedPnl: null };
  const text = print(report);
  expect(text).toContain('Rows created in the last 7 × 24 h\n');
  expect(text).toMatch(/ {2}Realized P&L +n\/a\n/);
  expect(text).toMatch(/ {2}Wins of closed +50\.0 %\n/);
});

test('the table keeps to the most frequent reasons and loses no row', () => {
  const riskRejections = Array.from({ length: 50 }, (_, index) => ({
    ...{ reason: `limit $${index}`, count: 2 },
  }));
  const text = print({ ...empty, riskRejections });
  expect(text.match(/limit/g)).toHaveLength(20);
  expect(text).toContain('  60  all others\n');
});

test('it ends with the ledger, and the demo cannot pass for a real one', () => {
  expect(print(empty)).toMatch(/\n\nLedger +PAPER trading at db\.example:5432\n$/);
  expect(print(empty, 'DEMO')).toMatch(/^DEMO: simulated trades[\s\S]*\nLedger +DEMO trading at /);
});
