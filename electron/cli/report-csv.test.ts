import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricIds } from '../../shared/metrics.ts';
import { csvText, reportCsv } from './report-csv.ts';
import { figureOf, sampleSnapshot, withFigures } from './test-support/sample-snapshot.ts';

const source = { database: 'trading', address: 'db.example:5432', label: 'PAPER' } as const;
const all = { source, chosen: { kind: 'named', id: 'all' } } as const;

const recordsOf = (csv: string): string[] => csv.split('\r\n');

test('every metric has one line, then the range and the facts, each ended as RFC 4180 has it', () => {
  const records = recordsOf(reportCsv(sampleSnapshot(), all));
  expect(records[0]).toBe('metric,value,unit,n,reason');
  expect(records.at(-1)).toBe('');
  const range = ['pnl', 'closes', 'wins', 'draws', 'losses'].map((name) => `range-all-${name}`);
  const names = records.slice(1, -1).map((record) => record.split(',')[0]);
  const facts = ['as-of', 'trading-day', 'basis', 'ledger', 'server'];
  expect(names).toEqual([...metricIds, ...range, ...facts]);
});

test('numbers are exact and stay numbers, n stands beside them', () => {
  const figure = { kind: 'value', value: '-0.581300000000', n: 12 } as const;
  const records = recordsOf(reportCsv(withFigures(figure), all));
  expect(records).toContain('win-rate,-0.5813,fraction,12,');
  expect(records).toContain('range-all-pnl,41.855,pnl,,');
});

test('what is missing is empty and says why', () => {
  const reason = 'no realized P&L yet, "31" open';
  const records = recordsOf(reportCsv(withFigures({ kind: 'none', value: null, reason }), all));
  expect(records).toContain('day-pnl,,pnl,,"no realized P&L yet, ""31"" open"');
});

test('contracts are no dollars', () => {
  const { basis } = sampleSnapshot();
  const inContracts = sampleSnapshot({ basis: { ...basis, quantityUnit: 'contracts' } });
  expect(reportCsv(inContracts, all)).toMatch(/\r\nturnover,[^,]*,contracts,/);
  expect(reportCsv(inContracts, all)).toMatch(/\r\nreturn-on-stake,[^,]*,pnl,/);
  expect(reportCsv(sampleSnapshot(), all)).toMatch(/\r\nreturn-on-stake,[^,]*,fraction,/);
});

test('a number of days has its own name', () => {
  const range = { ...sampleSnapshot().ranges.all, pnl: figureOf('7') };
  const csv = reportCsv(sampleSnapshot({ lastDays: range }), {
    ...{ source, chosen: { kind: 'days', days: 12 } },
  });
  expect(csv).toContain('\r\nrange-last-12-days-pnl,7,pnl,,\r\n');
});

test('no text begins as a formula, and each can be read back', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `=${text}`),
      ),
      (text) => {
        const cell = csvText(text);
        const isQuoted = cell.startsWith('"');
        const read = isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(read.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
        expect(read).not.toMatch(/^[=+\-@\t\r\n]/);
        if (!isQuoted) expect(cell).not.toMatch(/[",\r\n]/);
      },
    ),
  );
});

test('the demo says so', () => {
  const csv = reportCsv(sampleSnapshot(), { ...all, source: { ...source, label: 'DEMO' } });
  expect(csv).toContain('\r\nledger,,text,,DEMO trading at db.example:5432\r\n');
});
