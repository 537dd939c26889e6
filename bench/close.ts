import { type FilledLedger, fillLedger, wholeRefresh } from './ledgers.ts';
import { quantile } from './quantile.ts';
import { type BenchResult, type Finding, short } from './report.ts';

const closes = 25;
const recomputations = 5;
const sizes: readonly number[] = [10_000, 1_000_000];

interface Cost {
  readonly loadMs: number;
  readonly probeMs: number;
  readonly closeMs: number;
  /** NaN where the server stops it for taking too long. */
  readonly fullMs: number;
  readonly heldBytes: number;
}

/** A refresh after one close against the recomputation of everything, in time inside queries. */
export async function benchClose(): Promise<BenchResult> {
  const extra = (process.env.PLUMBLINE_BENCH_ROWS ?? '').split(',').filter(Boolean).map(Number);
  const costs = new Map<number, Cost>();
  for (const rows of [...sizes, ...extra]) costs.set(rows, await costAt(rows));
  const findings = [...costs].flatMap(([rows, cost]) => findingsAt(rows, cost));
  const bars = [...costs].flatMap(([rows, { probeMs, closeMs, fullMs }]) => [
    { name: `${count(rows)} rows, unchanged`, ms: probeMs },
    { name: `${count(rows)} rows, one close`, ms: closeMs },
    { name: `${count(rows)} rows, all anew`, ms: fullMs },
  ]);
  return { findings, bars };
}

const count = (rows: number): string => rows.toLocaleString('en');

function findingsAt(rows: number, cost: Cost): Finding[] {
  const ratio = cost.fullMs / cost.closeMs;
  const times = `${short(cost.probeMs)} ms unchanged, ${short(cost.closeMs)} ms after one close, ${short(cost.fullMs)} ms all anew`;
  const isGoal = rows === 1_000_000;
  return [
    {
      ...{ figure: 5, what: `refresh after one close against all anew, at ${count(rows)} rows` },
      ...{ goal: isGoal ? '≥ 12 × cheaper' : 'shown beside', met: isGoal ? ratio >= 12 : null },
      result: `${short(ratio)} × cheaper: ${times}`,
    },
    {
      ...{ figure: null, what: `history of ${count(rows)} rows`, goal: 'bounded', met: null },
      result: `loaded in ${short(cost.loadMs / 1000)} s of slices, ${short(cost.heldBytes / 1e6)} MB in its columns`,
    },
  ];
}

async function costAt(rows: number): Promise<Cost> {
  const filled = await fillLedger(rows);
  const { ledger, closeOne } = filled;
  const loadMs = await spentIn(filled, () => wholeRefresh(ledger));
  const cost = {
    ...{ loadMs, heldBytes: ledger.history().bytes },
    probeMs: await median(filled, closes, async () => ledger.probe(5000)),
    closeMs: await median(filled, closes, () => wholeRefresh(ledger), closeOne),
    fullMs: await median(filled, recomputations, () => ledger.read(60_000)).catch(() => Number.NaN),
  };
  await filled.close();
  return cost;
}

async function median(
  filled: FilledLedger,
  rounds: number,
  work: () => Promise<unknown>,
  before: () => Promise<void> = async () => undefined,
): Promise<number> {
  const times: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    await before();
    const ms = await spentIn(filled, work);
    if (round >= 0) times.push(ms);
  }
  return quantile(times, 0.5);
}

/** What the duty cycle counts: time inside sessions, reading the answers included. */
async function spentIn({ ledger }: FilledLedger, work: () => Promise<unknown>): Promise<number> {
  const before = ledger.spentMs();
  await work();
  return ledger.spentMs() - before;
}
