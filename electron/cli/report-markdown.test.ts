import { expect, test } from 'vitest';
import { escapeMarkdown } from '../../shared/escape-markdown.ts';
import { reportMarkdown } from './report-markdown.ts';
import { sampleSnapshot } from './test-support/sample-snapshot.ts';

const source = { database: 'trading', address: 'db.example:5432', label: 'PAPER' } as const;
const chosen = { kind: 'named', id: '30d' } as const;

test.each([
  ['a|b', 'a\\|b'],
  ['`rm`', '\\`rm\\`'],
  ['\\|', '\\\\\\|'],
  ['<img src=x>', '\\<img src=x\\>'],
  ['![x](https://evil.example)', '!\\[x\\](https\\://evil.example)'],
  ['www.evil.example', 'www\\.evil.example'],
  ['@everyone #3', '\\@everyone \\#3'],
  ['P&L &lt;', 'P&L &amp;lt;'],
])('%s stays text', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

test('hostile names break no table', () => {
  const [group] = sampleSnapshot().byStrategy;
  if (group === undefined) throw new Error('The sample has a group');
  const name = 'a|b`c\n| new row |';
  const snapshot = sampleSnapshot({
    byStrategy: [{ ...group, group: { kind: 'named', name } }],
    rejections: [{ reason: name, count: 2 }],
  });
  const markdown = reportMarkdown(snapshot, { source, chosen });
  expect(markdown).toContain('| 2 | a\\|b\\`c·\\| new row \\| |\n');
  for (const table of markdown
    .trimEnd()
    .split('\n\n')
    .filter((part) => part.startsWith('|'))) {
    const widths = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length);
    expect(new Set(widths).size, table).toBe(1);
  }
});

test('it says where the figures come from', () => {
  const markdown = reportMarkdown(sampleSnapshot(), { source, chosen });
  expect(markdown).toMatch(/^# Plumbline report\n\n- As of: 2026-11-23T14:03:20\.000000Z\n/);
  expect(markdown).toContain('\n- Ledger: PAPER trading at db.example:5432\n');
  expect(markdown).toContain('\n- Server: PostgreSQL 15.18, primary\n');
});

test('the demo says so', () => {
  const demo = { ...source, label: 'DEMO' } as const;
  const markdown = reportMarkdown(sampleSnapshot(), { source: demo, chosen });
  expect(markdown).toMatch(/^# Plumbline report\n\n\*\*DEMO: simulated trades/);
  expect(markdown).toContain('\n- Ledger: DEMO trading at db.example:5432\n');
});
