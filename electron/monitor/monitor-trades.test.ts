import { expect, test } from 'vitest';
import type { TradeQuery } from '../../shared/trade-page.ts';
import { NotAvailableError } from './not-available.ts';
import { brokenCursor, failure, follow, gate, setUp } from './test-doubles.ts';

const query = (cursor: string, filters: Partial<TradeQuery> = {}): TradeQuery => ({
  ...{ limit: 50, cursor },
  ...filters,
});

async function started(baseIntervalMs = 1000) {
  const monitored = setUp(baseIntervalMs);
  monitored.start();
  await monitored.tick(10);
  return monitored;
}

test('equal questions share one page, which holds while the figures do', async () => {
  const { ledger, monitor, tick } = await started();
  const asks = [
    follow(monitor.trades({ limit: 50, venue: 'kalshi', side: 'buy' })),
    follow(monitor.trades({ side: 'buy', venue: 'kalshi', limit: 50 })),
  ];
  await tick(200);
  expect(asks[0]?.value).not.toBeNull();
  expect(asks[1]?.value).toBe(asks[0]?.value);
  await tick(5000);
  await monitor.trades({ limit: 50, venue: 'kalshi', side: 'buy' });
  expect(ledger.pages).toHaveLength(1);
  ledger.token = 'b';
  await tick(1000);
  void monitor.trades({ limit: 50, venue: 'kalshi', side: 'buy' });
  await tick(1000);
  expect(ledger.pages).toHaveLength(2);
});

test('other filters are another question', async () => {
  const { ledger, monitor, tick } = await started();
  void monitor.trades({ limit: 50, venue: 'a' });
  void monitor.trades({ limit: 50, market: 'a' });
  void monitor.trades({ limit: 51, venue: 'a' });
  await tick(1000);
  expect(ledger.pages).toHaveLength(3);
});

test('a reader who asks one after the other does not keep figures from being read', async () => {
  const { ledger, monitor, tick } = await started();
  const startedWith = ledger.probes;
  for (let asked = 0; asked < 20; asked += 1) {
    const page = follow(monitor.trades(query(String(asked))));
    while (page.value === null) await tick(50);
  }
  expect(ledger.pages).toHaveLength(20);
  // One page a run, and a probe in each run before it.
  expect(ledger.probes - startedWith).toBeGreaterThanOrEqual(20);
  expect(ledger.most).toBe(1);
});

test('readers in a loop: figures are confirmed between any two pages, and 2 % is not exceeded', async () => {
  const { clock, ledger, monitor, tick } = await started(250);
  ledger.costMs = 20;
  const confirmedAtMs: number[] = [];
  let asOf = monitor.state().asOf;
  monitor.onChange((state) => {
    if (state.asOf !== asOf) confirmedAtMs.push(clock.monotonicMs());
    asOf = state.asOf;
  });
  const answered = [0, 0, 0];
  const readOn = (reader: number): void => {
    void monitor.trades(query(`${reader}/${answered[reader]}`)).then(() => {
      answered[reader] = (answered[reader] ?? 0) + 1;
      readOn(reader);
    });
  };
  for (const reader of answered.keys()) readOn(reader);
  const [spentBefore, beganAtMs] = [ledger.spent, clock.monotonicMs()];
  for (let second = 0; second < 120; second += 1) {
    // A trade in each second: figures are read, not only confirmed.
    ledger.token = String(second);
    await tick(1000);
  }
  const gapsMs = confirmedAtMs.map((atMs, index) => atMs - (confirmedAtMs[index - 1] ?? beganAtMs));
  // A run is a probe, a refresh and one page: fifty times the 60 ms that they cost.
  expect(Math.max(...gapsMs)).toBeLessThanOrEqual(50 * 60);
  expect(confirmedAtMs.length).toBeGreaterThanOrEqual(ledger.pages.length);
  expect((ledger.spent - spentBefore) / 120_000).toBeLessThanOrEqual(0.021);
  expect(Math.min(...answered)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...answered) - Math.min(...answered)).toBeLessThanOrEqual(1);
  expect(ledger.most).toBe(1);
});

test('a page that costs much makes no figures old: the next page waits for it', async () => {
  const { clock, ledger, monitor, tick } = await started();
  ledger.costMs = 5;
  ledger.pageCostMs = 395;
  let oldestMs = 0;
  monitor.onChange(({ ageMs }) => {
    oldestMs = Math.max(oldestMs, ageMs ?? 0);
  });
  const [spentBefore, beganAtMs] = [ledger.spent, clock.monotonicMs()];
  for (let page = 0; page < 5; page += 1) void monitor.trades(query(String(page)));
  for (let second = 0; second < 150; second += 1) {
    await tick(1000);
    // A page of 400 ms is paid off by a hundredth of the time.
    expect(ledger.pages.length).toBeLessThanOrEqual(1 + second / 40 + 1);
  }
  expect(ledger.pages.length).toBeGreaterThanOrEqual(4);
  expect(oldestMs).toBeLessThanOrEqual(1100);
  // The last page is not paid off yet.
  const owedMs = 400;
  expect(ledger.spent - spentBefore - owedMs).toBeLessThanOrEqual(
    0.02 * (clock.monotonicMs() - beganAtMs),
  );
});

test('rows behind a chip do not wait until a page is paid off', async () => {
  const { ledger, monitor, tick } = await started();
  ledger.pageCostMs = 400;
  void monitor.trades(query('a'));
  await tick(1500);
  expect(ledger.pages).toEqual(['a']);
  const chip = follow(monitor.oddRows('unscored'));
  await tick(1500);
  expect(chip.value).not.toBeNull();
});

test('who looks at a chip does not wait for readers of pages', async () => {
  const { ledger, monitor, tick } = await started();
  ledger.costMs = 10;
  for (let page = 0; page < 10; page += 1) void monitor.trades(query(String(page)));
  await tick(100);
  const chip = follow(monitor.oddRows('unscored'));
  await tick(2000);
  expect(chip.value).not.toBeNull();
  expect(ledger.pages.length).toBeLessThan(10);
});

test('more questions than can wait are refused, and those that wait are answered', async () => {
  const { monitor, tick } = await started();
  const asks = Array.from({ length: 33 }, (_, index) =>
    follow(monitor.trades(query(String(index)))),
  );
  await tick(1);
  expect(asks.at(-1)?.error).toBeInstanceOf(NotAvailableError);
  expect(asks.at(-1)?.error).toMatchObject({
    code: 'too-many-requests',
    message: 'Too many questions for rows wait already; ask again in a moment.',
  });
  for (let passed = 0; passed < 200; passed += 1) await tick(50);
  expect(asks.slice(0, 32).every(({ value }) => value !== null)).toBe(true);
});

test('a cursor that leads nowhere is a bad request, and the figures go on', async () => {
  const { ledger, monitor, tick } = await started();
  const ask = follow(monitor.trades(query(brokenCursor)));
  await tick(500);
  expect(ask.error).toMatchObject({
    ...{ name: 'NotAvailableError', code: 'bad-request', message: 'The cursor is broken.' },
  });
  expect(monitor.state().status.kind).toBe('watching');
  expect(ledger.pages).toEqual([]);
});

test('nothing is asked while paused, failing or stopped, and whoever waits is told', async () => {
  const { ledger, monitor, tick } = await started();
  monitor.setPaused(true);
  await expect(monitor.trades(query('a'))).rejects.toThrow('Watching is paused');
  monitor.setPaused(false);
  await tick(1000);
  ledger.broken = failure('refused');
  const waiting = follow(monitor.trades(query('a')));
  await tick(2000);
  expect(waiting.error).toMatchObject({ code: 'refused', message: 'It failed.' });
  await expect(monitor.trades(query('a'))).rejects.toMatchObject({ code: 'refused' });
  monitor.stop();
  await expect(monitor.trades(query('a'))).rejects.toThrow('Plumbline is closing.');
  expect(ledger.pages).toEqual([]);
});

test('a page that was read under old settings is read again', async () => {
  const { ledger, monitor, tick } = await started();
  const { closed, open } = gate();
  ledger.gates.trades = closed;
  const asked = follow(monitor.trades(query('a')));
  await tick(500);
  expect(ledger.pages).toEqual(['a']);
  monitor.reread();
  open();
  await tick(1000);
  expect(asked.value).not.toBeNull();
  expect(ledger.pages).toEqual(['a', 'a']);
});
