/** One figure of `docs/performance.md`, against its baseline in the same run. */
export interface Finding {
  /** Its number in the list of goals; null for what is shown beside them. */
  readonly figure: number | null;
  readonly what: string;
  readonly goal: string;
  readonly result: string;
  /** Null where there is no goal. */
  readonly met: boolean | null;
}

/** A bar of a chart. */
export interface Bar {
  readonly name: string;
  readonly ms: number;
}

/** What a benchmark found. */
export interface BenchResult {
  readonly findings: readonly Finding[];
  /** The times behind them, for a chart; empty where counts say it all. */
  readonly bars: readonly Bar[];
}

/** `1.234` → `1.23`: three digits say what a benchmark can. */
export const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '—';

/** The findings as a table for a terminal. */
export const tableOf = (findings: readonly Finding[]): string =>
  findings
    .map(({ figure, what, goal, result, met }) => {
      const mark = met === null ? ' ' : met ? '✓' : '✗';
      return `${mark} ${String(figure ?? '').padStart(2)}  ${what}\n      ${result}   (goal: ${goal})`;
    })
    .join('\n');
