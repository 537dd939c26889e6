import { expect, test } from 'vitest';
import { figureById } from '../../shared/figure-by-id.ts';
import { type MetricId, metricIds, metrics } from '../../shared/metrics.ts';
import { type Snapshot, snapshotSchema } from '../../shared/snapshot.ts';
import { colourPaint, plainPaint } from './paint.ts';
import { reportText } from './report-text.ts';
import { metricText } from './report-words.ts';
import { figureOf, sampleSnapshot, withFigures } from './test-support/sample-snapshot.ts';
import { displayWidth } from './text-table.ts';

const source = { database: 'trading', address: 'db.example:5432', label: 'PAPER' } as const;
const chosen = { kind: 'named', id: '30d' } as const;

const print = (snapshot: Snapshot, width = 80, paint = plainPaint): string =>
  reportText(snapshot, { source, chosen }, { width, paint, style: 'ascii' });

test('the sample is a snapshot', () => {
  expect(snapshotSchema.parse(sampleSnapshot())).toEqual(sampleSnapshot());
});

test('every metric stands in one line, printed as on the screen', () => {
  const snapshot = sampleSnapshot();
  const lines = print(snapshot).split('\n');
  for (const id of metricIds) {
    const { label } = metrics[id];
    const text = metricText(snapshot, figureById(snapshot, id), id);
    const found = lines.filter((line) => line.slice(2, 20).trimEnd() === label);
    expect(found, label).toHaveLength(1);
    expect(found[0]?.slice(20).trimStart().startsWith(text), `${label} ${text}: ${found[0]}`).toBe(
      true,
    );
  }
});

test('units are those of the screen', () => {
  const snapshot = sampleSnapshot();
  const text = (id: MetricId, value: string): string => metricText(snapshot, figureOf(value), id);
  expect(text('day-pnl', '1234.5')).toBe('+$1,234.50');
  expect(text('fees', '1234.5')).toBe('$1,234.50');
  expect(text('day-return', '0.084')).toBe('+8.4 %');
  expect(text('win-rate', '0.5813')).toBe('58.1 %');
  expect(text('hold-mean', '3840')).toBe('1 h 04 m');
  expect(text('worst-streak', '-3')).toBe('3 losses');
  const basis = { ...snapshot.basis, quantityUnit: 'contracts' } as const;
  expect(metricText({ ...snapshot, basis }, figureOf('12.5'), 'turnover')).toBe('12.50 contracts');
  expect(metricText({ ...snapshot, basis }, figureOf('0.084'), 'return-on-stake')).toBe('+$0.08');
});

test('what is missing has its mark and its reason', () => {
  const reason = 'no realized P&L yet · 31 open';
  expect(print(withFigures({ kind: 'none', value: null, reason }))).toMatch(
    /All time, realized +— {2}no realized P&L yet · 31 open\n/,
  );
  expect(print(withFigures({ kind: 'infinite', value: null, reason: 'no losses' }))).toMatch(
    /Profit factor +∞ {2}no losses\n/,
  );
});

test('n, error and interval stand beside a figure', () => {
  const interval = { low: '0.351', high: '0.8' };
  const figures = {
    ...sampleSnapshot().figures,
    'win-rate': { ...figureOf('0.6'), n: 10, interval },
    expectancy: { ...figureOf('-1.5'), n: 11, plusMinus: '0.349' },
  };
  const text = print(sampleSnapshot({ figures }), 120);
  expect(text).toMatch(/Win rate +60\.0 % {2}95 % within 35\.1 % – 80\.0 % · n = 10 · 600 W/);
  expect(text).toMatch(/Expectancy +−\$1\.50 {2}± \$0\.35 · n = 11\n/);
});

test.each([80, 100, 120])('no line is wider than %i, whatever the ledger holds', (width) => {
  const name = '比特币 \u001b[31m\u202e'.repeat(40);
  const [group] = sampleSnapshot().byStrategy;
  if (group === undefined) throw new Error('The sample has a group');
  const text = print(
    sampleSnapshot({
      byStrategy: [{ ...group, group: { kind: 'named', name } }],
      rejections: [{ reason: name, count: 1 }],
    }),
    width,
  );
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
  expect(text.includes('\u001b') || text.includes('\u202e')).toBe(false);
});

test('colours change nothing but colours', () => {
  const coloured = print(sampleSnapshot(), 80, colourPaint('classic'));
  expect(coloured).toContain('\u001b[38;5;160m−$3.00\u001b[0m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is looked for
  expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(print(sampleSnapshot()));
});

test('a limit has a bar, and words for what it means', () => {
  expect(print(sampleSnapshot(), 120)).toMatch(
    /Daily loss {2}██████████ +\$49\.00 +\$50\.00 +\$1\.00 {2}one more average loss breaches it · 10\.0 % of bankroll\n/,
  );
});

test('it ends with what the figures rest on', () => {
  const facts = print(sampleSnapshot()).trimEnd().split('\n').slice(-6).join('\n');
  expect(facts).toContain('As of        2026-11-23T14:03:20.000000Z');
  expect(facts).toContain('from 00:00 UTC');
  expect(facts).toContain('quantity = dollars · P&L net of fees · bankroll $500.00');
  expect(facts).toContain('Server       PostgreSQL 15.18, primary');
});

test('P&L is net in any case, and whether the ledger is not is said', () => {
  const { basis } = sampleSnapshot();
  expect(print(sampleSnapshot({ basis: { ...basis, pnlIsGross: true } }), 120)).toContain(
    " · P&L net of fees (the ledger's is gross) · ",
  );
});

test('the demo says so in its first line and beside its name', () => {
  const demo = { ...source, label: 'DEMO', database: 'demo' } as const;
  const options = { width: 80, paint: plainPaint, style: 'ascii' } as const;
  const text = reportText(sampleSnapshot(), { source: demo, chosen }, options);
  expect(text).toMatch(/^DEMO: simulated trades, not of any account\n\nToday, /);
  expect(text).toContain('\nLedger       DEMO demo at db.example:5432\n');
});

test('reasons beyond the most frequent are one row', () => {
  const { counts } = sampleSnapshot();
  const text = print(sampleSnapshot({ counts: { ...counts, rejected: 1040 } }));
  expect(text).toMatch(/\nRejections\n +31 {2}System is halted\n +1,009 {2}all others\n/);
  expect(text).toMatch(/\nFailures\n +17 {2}all others\n/);
  expect(print(sampleSnapshot({ counts: { ...counts, failed: 0 } }))).toMatch(
    /\nRejections\n +31 {2}System is halted\n\nFailures\n {2}None\.\n/,
  );
});

test('the equity is drawn below the range that it is of', () => {
  const points: Snapshot['equity']['points'] = [
    ['2026-11-20T12:00:00.000000Z', '510', '510'],
    ['2026-11-21T12:00:00.000000Z', '505.25', '510'],
  ];
  const { equity } = sampleSnapshot();
  const text = print(sampleSnapshot({ equity: { ...equity, baseline: null, points } }));
  expect(text).toMatch(/\n\nEquity line, range 30d\n {2}\$510\.00 \+\*/);
  expect(text.indexOf('Equity line')).toBeGreaterThan(text.indexOf('\nRange 30D'));
  expect(text.indexOf('Equity line')).toBeLessThan(text.indexOf('\nAll time'));
  expect(print(sampleSnapshot())).not.toContain('Equity line');
});
