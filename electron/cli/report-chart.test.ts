import { describe, expect, it } from 'vitest';
import type { Equity } from '../../shared/snapshot.ts';
import { colourPaint, plainPaint } from './paint.ts';
import { type ChartOptions, chartStyle, chartText } from './report-chart.ts';
import { sampleSnapshot } from './test-support/sample-snapshot.ts';

const day = (of: number): string =>
  `${new Date(Date.UTC(2026, 9, 20 + of, 12)).toISOString().slice(0, 19)}.000000Z`;

const pointsOf = (...equities: readonly string[]): Equity['points'] =>
  equities.map((equity, at) => [day(at), equity, equity]);

function chart(
  points: Equity['points'],
  options: Partial<ChartOptions> = {},
  id: 'all' | '30d' = 'all',
) {
  const sample = sampleSnapshot();
  const snapshot = sampleSnapshot({
    equity: { ...sample.equity, baseline: { at: day(-1), equity: '500' }, points },
    ranges: { ...sample.ranges, all: { ...sample.ranges.all, start: null } },
  });
  const all: ChartOptions = { width: 60, paint: plainPaint, style: 'braille', ...options };
  return chartText(snapshot, { kind: 'named', id }, all);
}

const rising = pointsOf(
  ...['520.505', '540', '530', '490', '495', '560', '610', '650', '640.004', '700', '690', '655'],
);

describe('the equity in the terminal', () => {
  it('is a line in dots with its highest, lowest and last value', () => {
    expect(`\n${chart(rising)}\n`).toMatchInlineSnapshot(`
      "
      Equity line, range all
        $700.00 ┤           ⡏⠓⡆
                │        ⢀⣀⡀⡇ ⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀ ◂ $655.00
                │        ⢸ ⠓⠃
                │       ⢰⠚
                │       ⢸
                │      ⢰⠚
                │ ⡤⠏⠓⡆ ⢸
        $490.00 ┤⠤⠇  ⣇⣠⠼
                 2026-10-19 12:00 – 2026-11-23 14:03
      "
    `);
  });

  it('is a line in asterisks where the terminal has no dots', () => {
    expect(`\n${chart(rising, { style: 'ascii' })}\n`).toMatchInlineSnapshot(`
      "
      Equity line, range all
        $700.00 +           ***
                |           * *
                |        **** ************************** < $655.00
                |       **
                |       *
                |  **  **
                | **** *
        $490.00 +**  ***
                 2026-10-19 12:00 - 2026-11-23 14:03
      "
    `);
  });

  it('begins a range at the level before it', () => {
    expect(`\n${chart(rising, { style: 'ascii' }, '30d')}\n`).toMatchInlineSnapshot(`
      "
      Equity line, range 30d
        $700.00 +     ****
                |     *  *
                |   ***  ******************************* < $655.00
                | ***
                | *
                |**
                |*
        $495.00 +*
                 2026-10-25 00:00 - 2026-11-23 14:03
      "
    `);
  });

  it('prints losses in the signs of the terminal', () => {
    expect(`\n${chart(pointsOf('-20', '-1200.5'), { style: 'ascii' })}\n`).toMatchInlineSnapshot(`
      "
      Equity line, range all
           $500.00 +*
                   |*
                   |**
                   | *
                   | *
                   | *
                   | *
        -$1,200.50 + ******************************** < -$1,200.50
                    2026-10-19 12:00 - 2026-11-23 14:03
      "
    `);
  });

  it('is flat where nothing changes', () => {
    expect(`\n${chart(pointsOf('500', '500'), { style: 'ascii' })}\n`).toMatchInlineSnapshot(`
      "
      Equity line, range all
                |
                |
                |
                |
                |*************************************** < $500.00
                |
                |
                |
                 2026-10-19 12:00 - 2026-11-23 14:03
      "
    `);
  });

  it.each([60, 80, 120])('keeps within %i columns', (width) => {
    for (const style of ['braille', 'ascii'] as const) {
      const lines = chart(rising, { width, style })?.split('\n') ?? [];
      expect(Math.max(...lines.map((line) => line.length))).toBe(width);
    }
  });

  it('labels what a float cannot hold with its exact digits', () => {
    const points = pointsOf('12345678901234567890.12', '12345678901234567890.13');
    const text = chart(points, { width: 100 }) ?? '';
    expect(text).toContain('$12,345,678,901,234,567,890.13 \u2524');
  });

  it('is left out where there is nothing to draw', () => {
    expect(chart([])).toBeNull();
    expect(chart(pointsOf('1', `9${'0'.repeat(400)}`))).toBeNull();
    expect(chart(pointsOf('1', `9${'0'.repeat(60)}`))).toBeNull();
  });

  it('has colours for its words alone', () => {
    const coloured = chart(rising, { paint: colourPaint('classic') }) ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(chart(rising));
  });
});

it.each([
  [{ LANG: 'en_US.UTF-8' }, 'linux', 'braille'],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', 'ascii'],
  [{ LC_CTYPE: 'C.utf8' }, 'linux', 'braille'],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, 'linux', 'ascii'],
  [{}, 'linux', 'ascii'],
  [{}, 'darwin', 'braille'],
] as const)('%j on %s is drawn in %s', (env, platform, style) => {
  expect(chartStyle(env, platform)).toBe(style);
});
