import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type AlertDesk, alertsOf, openAlertDesk, saveRule, soon } from './support/alert-desk.ts';
import type { RunningApp } from './support/app.ts';
import { closeTrades } from './support/closes.ts';
import { expectFreshness } from './support/traded-app.ts';

// A duty cycle that was overdrawn by a start on a busy machine is paid off first.
test.describe.configure({ timeout: 180_000 });

let desk: AlertDesk;

test.beforeEach(async () => {
  desk = await openAlertDesk();
});

test.afterEach(() => desk.close());

/** The app with a rule that fires, and its notification received. */
async function startFiring(): Promise<RunningApp> {
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const running = await desk.start();
  await saveRule(running, { severity: 'critical', keepFiringS: 0 });
  await closeTrades(desk.own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(desk.titles, soon).toEqual(['Day P&L \u2212$62.10, line \u2212$50.00']);
  return running;
}

test('the tray shows what fires by icon, tooltip and menu, and acknowledges it', async () => {
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const running = await desk.start();
  const tray = await desk.desktop.trayItem();
  const quiet = await tray.pixmaps();
  await saveRule(running, { severity: 'critical' });
  await closeTrades(desk.own.engine, [{ pnl: '-72.1' }]);
  await expect
    .poll(() => tray.tooltip(), soon)
    .toMatch(/^1 critical alert · \u2212\$62\.10 today · 0 open · \d+ s ago$/);
  expect(await tray.pixmaps()).not.toEqual(quiet);
  const labels = async (): Promise<string[]> => (await tray.menu()).map(({ label }) => label);
  expect((await labels()).join('\n')).toMatch(/^Critical: Day P.*L · \d\d:\d\d$/m);
  await tray.click('Acknowledge all');
  await expect(
    running.page.getByTestId('alert-strip').getByRole('button', { name: /^Ack/ }),
  ).toHaveCount(0);
  expect((await alertsOf(running)).current[0]?.episode.acked).not.toBeNull();
  await running.close();
});

test('snoozed from the tray nothing is told, and the strip says until when', async () => {
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const running = await desk.start();
  await saveRule(running);
  await (await desk.desktop.trayItem()).click('15 minutes');
  await expect(running.page.getByTestId('all-snoozed')).toContainText('Alerts snoozed until');
  await closeTrades(desk.own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(async () => (await alertsOf(running)).current.length, soon).toBe(1);
  const [alert] = (await alertsOf(running)).current;
  expect(alert?.episode.deliveries).toMatchObject([{ what: 'fired', how: 'snoozed' }]);
  expect(desk.titles()).toEqual([]);
  await running.close();
});

test('acknowledged in the strip it stays there until it is over; a database that goes away resolves nothing', async () => {
  const running = await startFiring();
  const strip = running.page.getByTestId('alert-strip');
  await strip.getByRole('button', { name: /^Ack/ }).click();
  await expect(strip.getByRole('button', { name: /^Ack/ })).toHaveCount(0);
  await desk.own.server.stop();
  await expectFreshness(running, 'disconnected');
  await expect(strip).toContainText('Day P&L');
  await expect
    .poll(async () => (await alertsOf(running)).current[0]?.degraded, soon)
    .toMatch(/unreachable|refused|terminated/);
  await desk.own.server.start();
  await desk.own.signIn();
  await expectFreshness(running, 'live');
  await expect(strip).toContainText('Day P&L');
  expect(desk.titles()).toHaveLength(1);
  await closeTrades(desk.own.engine, [{ pnl: '60' }]);
  await expect(strip).toHaveCount(0, soon);
  await expect.poll(desk.titles, soon).toHaveLength(2);
  await running.close();
});

test('a click on the notification opens the alert, to be acknowledged with a note and snoozed', async () => {
  const running = await startFiring();
  const { page } = running;
  desk.desktop.clickNotification(0);
  const detail = page.getByTestId('episode');
  await expect(detail).toContainText('Day P&L');
  await detail.getByRole('textbox').fill('Bot stopped.');
  await detail.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(detail).toContainText('Bot stopped.');
  await detail.getByRole('button', { name: /^Snooze/ }).click();
  await page.getByRole('button', { name: 'Until it recovers' }).click();
  await expect
    .poll(async () => (await alertsOf(running)).current[0])
    .toMatchObject({ snoozedUntil: 'recovered', episode: { acked: { note: 'Bot stopped.' } } });
  // Whoever was told that it fired is told that it ended, through the snooze; which is over then.
  await closeTrades(desk.own.engine, [{ pnl: '60' }]);
  await expect.poll(desk.titles, soon).toHaveLength(2);
  expect(desk.titles()[1]).toMatch(/^Ended: /);
  await running.close();
});

test('rollover ends a daily alert with the result of the day, and nothing has recovered', async () => {
  // A zone in which it is twelve o'clock: its day began an hour ago, or yesterday at one o'clock.
  const offset = 12 - new Date().getUTCHours();
  const zone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
  const settings = (rollHour: number): string =>
    JSON.stringify({ version: 1, tradingDay: { zone: offset === 0 ? 'UTC' : zone, rollHour } });
  await mkdir(desk.home, { recursive: true });
  const path = join(desk.home, 'settings.json');
  await writeFile(path, settings(13));
  await closeTrades(desk.own.engine, [{ pnl: '-62', at: "now() - interval '2 hours'" }]);
  const running = await desk.start();
  await saveRule(running);
  await expect.poll(desk.titles, soon).toEqual(['Day P&L \u2212$62.00, line \u2212$50.00']);
  await writeFile(path, settings(12));
  await expect.poll(desk.titles, soon).toHaveLength(2);
  expect(desk.titles()[1]).toBe('Day closed at \u2212$62.00');
  expect(JSON.stringify(desk.desktop.notifications())).not.toMatch(/recovered/i);
  const [close] = (await alertsOf(running)).dailyCloses;
  expect(close).toMatchObject({ pnl: '-62', closes: 1, wins: 0, losses: 1 });
  await running.close();
});

test('killed again and again while it fires, it tells nothing that was confirmed a second time', async () => {
  let running = await startFiring();
  for (let kill = 0; kill < 2; kill += 1) {
    const child = running.app.process();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    running = await desk.start();
    await expect(running.page.getByTestId('alert-strip')).toContainText('Day P&L');
  }
  expect(desk.titles().filter((title) => !title.includes('(repeat)'))).toHaveLength(1);
  const stored = JSON.parse(await readFile(join(desk.home, 'alert-state.json'), 'utf8'));
  expect(stored.instances).toHaveLength(1);
  await closeTrades(desk.own.engine, [{ pnl: '60' }]);
  await expect
    .poll(() => desk.titles().filter((title) => title.startsWith('Ended')), soon)
    .toHaveLength(1);
  await running.close();
});

test('a webhook that fails and recovers gets the message in the end, once', async () => {
  const bodies: string[] = [];
  let failures = 1;
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    failures -= 1;
    if (failures < 0) bodies.push(body);
    response.writeHead(failures < 0 ? 200 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const running = await desk.start();
  const saved = await running.page.evaluate(
    (url) =>
      window.plumbline.alerts.setDelivery({
        settings: {
          quietHours: null,
          webhook: { preset: 'plain', url, from: 'warning' },
          tellsDailyClose: false,
        },
        secret: null,
      }),
    `http://127.0.0.1:${port}/hook`,
  );
  expect(saved).toEqual({ ok: true, value: [] });
  await saveRule(running);
  await closeTrades(desk.own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(() => bodies.length, { timeout: 90_000 }).toBe(1);
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    title: 'Day P&L \u2212$62.10, line \u2212$50.00',
    severity: 'warning',
  });
  await running.close();
  server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
