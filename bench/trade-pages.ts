import type { TradeQuery } from '../shared/trade-page.ts';
import { type FilledLedger, fillLedger } from './ledgers.ts';
import { type BenchResult, short } from './report.ts';
import { sideBySide, type Way } from './side-by-side.ts';

const rows = 1_000_000;
const limit = 200;
const rounds = 100;
const deadlineMs = 5000;

/** A page of trades at some depths against the first, by the product's own ledger. */
export async function benchTradePages(): Promise<BenchResult> {
  const filled = await fillLedger(rows);
  const depths = [1 / 4, 1 / 2, 3 / 4, 1 - limit / rows].map((share) => Math.round(share * rows));
  const cursors = await cursorsAt(filled, depths);
  const way = (name: string, query: TradeQuery): Way => ({
    name,
    run: () => filled.ledger.trades(query, deadlineMs),
  });
  const timings = await sideBySide(
    [
      way('the first page', { limit }),
      ...cursors.map(([depth, cursor]) =>
        way(`after ${depth.toLocaleString('en-US')} trades`, { limit, cursor }),
      ),
    ],
    rounds,
  );
  await filled.close();
  const worst = Math.max(...timings.map(({ ratio }) => ratio));
  const [first] = timings;
  return {
    findings: [
      {
        ...{ figure: 11, goal: '≤ 1.5 ×', met: worst <= 1.5 },
        what: 'a page of 200 trades at any depth against the first, at 1,000,000 rows',
        result: `${short(worst)} × at the worst of ${cursors.length} depths; the first takes ${short(first?.medianMs ?? Number.NaN)} ms`,
      },
    ],
    bars: timings.map(({ name, medianMs }) => ({ name, ms: medianMs })),
  };
}

/** Walks from the newest trade to the last, page by page, and keeps the cursors on its way. */
async function cursorsAt(
  { ledger }: FilledLedger,
  depths: readonly number[],
): Promise<[depth: number, cursor: string][]> {
  const kept: [number, string][] = [];
  let cursor: string | null = null;
  let seen = 0;
  do {
    const page = await ledger.trades({ limit, ...(cursor !== null && { cursor }) }, deadlineMs);
    seen += page.trades.length;
    cursor = page.nextCursor;
    if (cursor !== null && depths.includes(seen)) kept.push([seen, cursor]);
  } while (cursor !== null);
  if (seen !== rows) throw new Error(`The walk came upon ${seen} trades of ${rows}`);
  return kept;
}
