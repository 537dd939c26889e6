import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Book } from '../electron/alerts/book.ts';
import { PathEvaluation } from '../electron/alerts/path-evaluation.ts';
import { noState } from '../electron/alerts/stored-alerts.ts';
import { whatIf } from '../electron/alerts/what-if.ts';
import { markCloses } from '../electron/ledger/close-marks.ts';
import { parseConnectionUrl } from '../electron/ledger/connection-profile.ts';
import { Ledger } from '../electron/ledger/ledger.ts';
import { ledgerOptionsOf } from '../electron/ledger/ledger-options.ts';
import type { Reading } from '../electron/ledger/snapshot.ts';
import { emptyRule, type Rule } from '../shared/alerts/rule.ts';
import { ruleKindIds, ruleKinds } from '../shared/alerts/rule-kinds.ts';
import { instantMs, instantOfMs } from '../shared/instant.ts';
import { defaultSettings } from '../shared/settings.ts';
import { fillLedger } from './ledgers.ts';
import { type BenchResult, type Finding, short } from './report.ts';

const rows = 1_000_000;
const monthMs = 30 * 24 * 60 * 60 * 1000;
const { tradingDay } = defaultSettings;

/** Every path rule on all closes, and the daily loss by strategy, venue and market. */
const rules: readonly Rule[] = [
  ...ruleKindIds.filter((kind) => ruleKinds[kind].timing === 'path'),
].map((kind) => emptyRule(kind, kind));
const scoped: readonly Rule[] = (['strategy', 'venue', 'market'] as const).map((by) => ({
  ...emptyRule(`by-${by}`, 'day-pnl-low'),
  scope: { by, value: null },
}));

/** A month's absence and a what-if on a million rows, in the main process; the database is not asked. */
export async function benchAbsence(): Promise<BenchResult> {
  const filled = await fillLedger(rows);
  const options = ledgerOptionsOf(defaultSettings, {
    ...{ namesCloses: true, asksPending: false, namesFailed: false },
  });
  const url = parseConnectionUrl(filled.own.server.readerUrl);
  const ledger = new Ledger(url, () => undefined, options);
  let reading: Reading | null = null;
  while (reading === null) reading = await ledger.refresh(8000);
  const read = reading;
  const spent = ledger.spentMs();
  const findings = [
    await timed('a month away, 11 path rules', () => away(read, rules)),
    await timed('a month away, the daily loss by strategy, venue and market', () =>
      away(read, scoped),
    ),
    await timed('what-if of the daily loss over 90 days', () => tryOut(read)),
  ];
  if (ledger.spentMs() !== spent) throw new Error('The database was asked.');
  await ledger.close(2000);
  await filled.close();
  return { findings, bars: [] };
}

/** Evaluates as after a month in which nobody looked. */
async function away(reading: Reading, all: readonly Rule[]): Promise<number> {
  const { asOf } = reading.snapshot;
  const before = instantOfMs((instantMs(asOf) ?? 0) - monthMs);
  const book = new Book(noState);
  const seasoned = all.map(({ id }) => id);
  book.remember({ evaluated: markCloses(reading.series, before), seasoned });
  const effects = await new PathEvaluation().evaluate(book, { rules: all, tradingDay }, reading);
  return effects.filter(({ kind }) => kind === 'fired').length;
}

async function tryOut(reading: Reading): Promise<number> {
  const rule = { ...emptyRule('what-if', 'day-pnl-low'), threshold: '-20' };
  const lines = new Map([[null, reading.series]]);
  const found = await whatIf(rule, { reading, tradingDay, lines, isOutdated: () => false });
  return found?.fired ?? 0;
}

async function timed(what: string, work: () => Promise<number>): Promise<Finding> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  const fired = await work();
  const ms = performance.now() - started;
  delays.disable();
  return {
    ...{ figure: null, goal: 'shown beside', met: null },
    what: `${what}, on ${rows.toLocaleString('en')} rows`,
    result: `${short(ms)} ms, ${fired} alerts, others wait ${short(delays.max / 1e6)} ms at most`,
  };
}
