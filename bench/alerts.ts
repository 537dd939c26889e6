import { setTimeout as delay } from 'node:timers/promises';
import { launchWatching } from '../e2e/support/app.ts';
import { closeTrades } from '../e2e/support/closes.ts';
import { type FakeDesktop, startFakeDesktop } from '../e2e/support/session-bus.ts';
import { emptyRule } from '../shared/alerts/rule.ts';
import { fillLedger } from './ledgers.ts';
import { quantile } from './quantile.ts';
import { type Bar, type BenchResult, type Finding, short } from './report.ts';

/** No more than three notifications a minute are shown: this is what each sample costs. */
const apartMs = 21_000;
const samples = 16;
const deadlineMs = 15_000;

/** From the commit of a close beyond a line to its notification on the session bus. */
export async function benchAlerts(): Promise<BenchResult> {
  const desktop = await startFakeDesktop();
  const findings: Finding[] = [];
  const bars: Bar[] = [];
  for (const intervalMs of [250, 1000]) {
    const times = await timesAt(intervalMs, desktop);
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    findings.push({
      ...{ figure: null, goal: 'shown beside', met: null },
      what: `commit of a close beyond a line → notification received, at a ${intervalMs} ms interval`,
      result: `p50 ${short(p50)} ms, p95 ${short(p95)} ms`,
    });
    bars.push({ name: `${intervalMs} ms, half within`, ms: p50 });
    bars.push({ name: `${intervalMs} ms, 95 % within`, ms: p95 });
  }
  desktop.close();
  return { findings, bars };
}

async function timesAt(intervalMs: number, desktop: FakeDesktop): Promise<number[]> {
  const filled = await fillLedger(10_000);
  const { engine, server } = filled.own;
  const running = await launchWatching({
    databaseUrl: server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: String(intervalMs) },
  });
  const rule = { ...emptyRule('loss', 'single-loss'), threshold: '-1000', cooldownMin: 0 };
  const saved = await running.page.evaluate((one) => window.plumbline.alerts.saveRule(one), rule);
  if (!saved.ok || saved.value.length > 0) throw new Error('The rule was not saved.');
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    // At any moment of the interval.
    await delay(apartMs + Math.random() * intervalMs);
    const before = desktop.notifications().length;
    await closeTrades(engine, [{ pnl: '-1500' }]);
    times.push(await untilReceived(desktop, before, performance.now()));
  }
  await running.close();
  await filled.close();
  return times;
}

async function untilReceived(desktop: FakeDesktop, before: number, since: number): Promise<number> {
  while (desktop.notifications().length === before) {
    if (performance.now() - since > deadlineMs) throw new Error('No notification came.');
    await delay(1);
  }
  return performance.now() - since;
}
