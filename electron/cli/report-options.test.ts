import { expect, test } from 'vitest';
import { UsageError } from './command-io.ts';
import { reportRequest, reportUsage } from './report-options.ts';

test.each([
  [[], { kind: 'report', format: 'text', chosen: { kind: 'named', id: '30d' } }],
  [
    ['--range', 'ytd', '--md'],
    { kind: 'report', format: 'md', chosen: { kind: 'named', id: 'ytd' } },
  ],
  [
    ['--days', '3660', '--csv'],
    { kind: 'report', format: 'csv', chosen: { kind: 'days', days: 3660 } },
  ],
  [['--legacy', '--json'], { kind: 'legacy', format: 'json', days: 7 }],
  [['--legacy', '--days=30'], { kind: 'legacy', format: 'text', days: 30 }],
  [['-h', '--json'], { kind: 'help' }],
])('%j is understood', (args, request) => {
  expect(reportRequest(args)).toEqual(request);
});

test.each([
  [['--days', '0'], '--days takes a whole number from 1 to 3660, not 0.'],
  [['--days', '3661'], 'not 3661.'],
  [['--days', '1.5'], 'not 1.5.'],
  [['--days', '1e2'], 'not 1e2.'],
  [['--days='], '--days takes a whole number'],
  [['--days', '7', '--range', '7d'], '--days and --range exclude each other.'],
  [['--json', '--md'], '--json and --md exclude each other.'],
  [['--range', 'toString'], '--range takes today, 7d, 30d, mtd, ytd, all, not toString.'],
  [['--legacy', '--csv'], '--legacy prints a table or --json, not --csv.'],
  [['--legacy', '--range', '7d'], '--legacy counts back from now by --days'],
  [['--days'], '--days needs a value; see report --help.'],
  [['--days', '--json'], '--days needs a value; see report --help.'],
  [['--loud'], 'option or argument not understood near --loud; see report --help.'],
  [['--json', 'extra'], 'not understood near extra'],
  [['--json=yes'], 'not understood near --json'],
])('%j is refused in one sentence', (args, sentence) => {
  const refusal = (): unknown => reportRequest(args);
  expect(refusal).toThrow(UsageError);
  expect(refusal).toThrow(sentence);
});

test('the help names every option', () => {
  for (const option of ['--range', '--days', '--json', '--csv', '--md', '--legacy']) {
    expect(reportUsage).toContain(`\n  ${option} `);
  }
});
