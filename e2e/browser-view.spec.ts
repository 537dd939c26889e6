import { rm } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { startEngine } from '../electron/demo/trading-engine/engine.ts';
import { saveRule, setNoonZone, soon } from './support/alert-desk.ts';
import { launchApp, type RunningApp, temporaryHome } from './support/app.ts';
import { violations } from './support/axe.ts';
import { type FeedPlace, feedOf, openTab, openView, startBrowser } from './support/browser.ts';
import { closeTrades } from './support/closes.ts';
import { cutFigures, sidewaysScroll } from './support/fit.ts';
import { readScreen } from './support/screen.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';
import { expectFreshness } from './support/traded-app.ts';

const env = { PLUMBLINE_FEED_PORT: '0', PLUMBLINE_REFRESH_MS: '250' };

let browser: Browser;
let own: TestLedger;
let home: string;
let running: RunningApp;
let feed: FeedPlace;

/** An app that watches a ledger of which the engine has gone, so that figures change by the test alone. */
test.beforeAll(async () => {
  browser = await startBrowser();
  own = await startTestLedger();
  const url = own.server.engineUrl;
  const engine = await startEngine({ url, scenario: 'steady', seed: 7, log: () => undefined });
  await engine.stop();
  home = temporaryHome();
  await setNoonZone(home);
  await start(env);
});

test.afterAll(async () => {
  await running.close();
  await rm(home, { recursive: true, force: true });
  await browser.close();
  await own.close();
});

async function start(environment: typeof env): Promise<void> {
  running = await launchApp({ databaseUrl: own.server.readerUrl, home, env: environment });
  await expectFreshness(running, 'live');
  feed = await feedOf(running);
}

/** Every figure with a name, as it stands there: its exact value and its text. What ticks is left out. */
const namedFigures = (page: Page) =>
  page.evaluate(() => {
    const ticking = ['as-of', 'newest-row-age', 'connections'];
    return [...document.querySelectorAll<HTMLDataElement>('data[data-testid]')]
      .filter(({ dataset }) => !ticking.includes(dataset.testid ?? ''))
      .map((data) => `${data.dataset.testid}: ${data.value} ${data.textContent}`);
  });

const sequenceOf = ({ page }: RunningApp) =>
  page.evaluate(async () => {
    const answer = await window.plumbline.monitor.state();
    return answer.ok ? answer.value.sequence : -1;
  });

/** The view shows what the window shows, figure by figure, while the window's snapshot stays the same. */
async function expectSameFigures(view: Page): Promise<void> {
  await expect(async () => {
    const before = await sequenceOf(running);
    const [wanted, shown] = [await namedFigures(running.page), await namedFigures(view)];
    const [screen, viewed] = [await readScreen(running), await readScreen({ page: view })];
    expect(await sequenceOf(running)).toBe(before);
    expect(wanted.length).toBeGreaterThan(40);
    expect(shown).toEqual(wanted);
    expect({ ...viewed, asOf: '' }).toEqual({ ...screen, asOf: '' });
  }).toPass(soon);
}

test('shows the same figures as the window, also when they change', async () => {
  const { page, addresses, errors } = await openView(browser, feed);
  await expectFreshness({ page }, 'live');
  await expectSameFigures(page);
  const allTime = running.page.getByTestId('all-time-pnl');
  const was = (await allTime.getAttribute('value')) ?? '';
  await closeTrades(own.engine, [{ pnl: '-3.1234567' }, { pnl: '12.5', strategy: 'rain-basket' }]);
  await expect(allTime).not.toHaveAttribute('value', was, soon);
  await expectSameFigures(page);
  expect(page.url()).toBe(`${feed.address}/`);
  for (const address of addresses) expect(address).not.toContain(feed.token);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('asks for a token in the page, and lets in who has one', async () => {
  const { page } = await openTab(browser);
  await page.goto(feed.address);
  await expect(page.getByTestId('token-form')).toContainText('feed-tokens.json');
  await expect(page.getByTestId('trust-bar')).toHaveCount(0);
  expect(await violations(page, 8)).toEqual([]);
  const field = page.getByLabel('Token', { exact: true });
  await field.fill('a b');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('letters, digits');
  await field.fill('not-a-token-of-this-machine');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('does not know this token');
  await field.fill(`  ${feed.token} `);
  await field.press('Enter');
  await expectFreshness({ page }, 'live');
  // The tab keeps it; another one has to be let in anew.
  await page.reload();
  await expectFreshness({ page }, 'live');
  expect(page.url()).toBe(`${feed.address}/`);
  await page.context().close();
});

test('what a browser view cannot do is not there', async () => {
  await saveRule(running, { severity: 'critical' });
  await closeTrades(own.engine, [{ pnl: '-900' }]);
  await expect(running.page.getByTestId('alert-line').first()).toBeVisible(soon);
  const { page } = await openView(browser, feed);
  await expect(page.getByTestId('alert-line').first()).toBeVisible();
  const names = /Ack|Snooze|snooze|Pause|Resume|Refresh|Audit|New rule|Edit|Delete|Test|Presets/;
  await expect(page.getByRole('button', { name: names })).toHaveCount(0);
  await page.keyboard.press('Control+2');
  await page.getByTestId('inbox-row').first().click();
  await expect(page.getByTestId('episode')).toBeVisible();
  await expect(page.getByRole('button', { name: names })).toHaveCount(0);
  await expect(page.getByTestId('alerts-tab-delivery')).toHaveCount(0);
  await page.getByTestId('alerts-tab-rules').click();
  await expect(page.getByTestId('rule-row').first()).toBeVisible();
  await expect(page.getByRole('button', { name: names })).toHaveCount(0);
  await expect(page.getByRole('checkbox').first()).toBeDisabled();
  await page.keyboard.press('Control+3');
  await expect(page.getByTestId('system-history')).toHaveCount(0);
  await expect(page.getByTestId('system-closes')).not.toHaveText('—');
  await expect(page.getByRole('button', { name: names })).toHaveCount(0);
  await page.context().close();
});

/** Whether the page lets the browser have a key; the driver's keys do not reach the browser itself. */
async function isLeftToBrowser(page: Page, key: string): Promise<boolean> {
  // Set up before the key is pressed: the two would else race.
  const heard = await page.evaluateHandle(() => {
    const seen = { isPrevented: null as boolean | null };
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Control') seen.isPrevented ??= event.defaultPrevented;
    });
    return seen;
  });
  await page.keyboard.press(key);
  await expect.poll(() => heard.evaluate(({ isPrevented }) => isPrevented)).not.toBeNull();
  return heard.evaluate(({ isPrevented }) => isPrevented === false);
}

test('the keyboard goes everywhere, and F5 is the browser’s', async () => {
  const { page } = await openView(browser, feed, { size: [1100, 700] });
  await expectFreshness({ page }, 'live');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(running.page.locator('html')).toHaveAttribute('data-theme', 'system');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('refresh now');
  await expect(page.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+b');
  await expect(page.locator('html')).toHaveAttribute('data-privacy', 'on');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('?');
  await expect(page.locator('dialog')).not.toContainText('Acknowledge');
  await expect(page.locator('dialog')).not.toContainText('F5');
  await page.keyboard.press('Escape');
  const reached = new Set<string>();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? ''));
  }
  expect(reached.size).toBe(12);
  expect(await isLeftToBrowser(page, 'F5')).toBe(true);
  expect(await isLeftToBrowser(page, 'Control+k')).toBe(false);
  await page.reload();
  await expectFreshness({ page }, 'live');
  // Its look is kept by the browser.
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.context().close();
});

test('axe finds nothing, in light and dark, on each view', async () => {
  const { page } = await openView(browser, feed);
  await expectFreshness({ page }, 'live');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const view of ['overview', 'alerts', 'system']) {
      await page.getByTestId(`nav-${view}`).click();
      await page.waitForTimeout(700);
      expect(await violations(page), `${view}, ${colorScheme}`).toEqual([]);
    }
  }
  await page.context().close();
});

test('a ledger that is lost looks as in the window, and so does its return', async () => {
  const { page } = await openView(browser, feed);
  await expectFreshness({ page }, 'live');
  await own.server.stop();
  const banners = [running.page, page].map((each) => each.getByTestId('error-banner'));
  for (const each of [running, { page }]) await expectFreshness(each, 'disconnected');
  for (const banner of banners) await expect(banner).toHaveAttribute('data-code', 'refused');
  const texts = await Promise.all(banners.map((banner) => banner.getByRole('alert').textContent()));
  expect(texts[1]).toBe(texts[0]);
  await expect(page.getByTestId('error-banner').getByRole('button')).toHaveCount(0);
  await own.server.start();
  await own.signIn();
  for (const each of [running, { page }]) await expectFreshness(each, 'live');
  await expectSameFigures(page);
  await page.context().close();
});

test('figures grow old by themselves when Plumbline stands still, and the page says that it is lost', async () => {
  const { page } = await openView(browser, feed);
  await expectFreshness({ page }, 'live');
  const main = running.app.process().pid ?? 0;
  process.kill(main, 'SIGSTOP');
  try {
    const state = page.getByTestId('freshness');
    await expect(state).toHaveAttribute('data-state', /^(stale|disconnected)$/, soon);
    await expect(page.getByTestId('feed-lost')).toBeVisible({ timeout: 40_000 });
    await expect(page.getByTestId('all-time-pnl')).not.toHaveAttribute('value', '');
  } finally {
    process.kill(main, 'SIGCONT');
  }
  await expect(page.getByTestId('feed-lost')).toHaveCount(0, { timeout: 30_000 });
  await expectFreshness({ page }, 'live');
  await page.context().close();
});

test('after a restart on the same port it goes on unaided', async () => {
  const { page } = await openView(browser, feed);
  await expectFreshness({ page }, 'live');
  await running.close();
  await expect(page.getByTestId('feed-lost')).toContainText('Disconnected from Plumbline.');
  await expect(page.getByTestId('feed-lost')).toContainText('Figures are from');
  await expectFreshness({ page }, 'disconnected');
  await closeTrades(own.engine, [{ pnl: '-1.0000089' }]);
  await start({ ...env, PLUMBLINE_FEED_PORT: feed.port });
  await expect(page.getByTestId('feed-lost')).toHaveCount(0, { timeout: 30_000 });
  await expectFreshness({ page }, 'live');
  await expectSameFigures(page);
  await page.context().close();
});

/** What sticks out of the screen, or out of its part of it. */
const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const out = [...document.querySelectorAll<HTMLElement>('.wall, .wall *')].filter((element) => {
      const { right, bottom } = element.getBoundingClientRect();
      const isPart = element.matches('main > *, li, header > *, .wall-tiles > *');
      const isCut = isPart && element.scrollHeight > element.clientHeight + 1;
      const isMark = element.closest('.watermark, .visually-hidden') !== null;
      return !isMark && (right > innerWidth + 1 || bottom > innerHeight + 1 || isCut);
    });
    return out.map((element) => element.outerHTML.slice(0, 160));
  });

/** Where each name on the wall stands. */
const places = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.wall h2, .wall .limit-name, .wall .pill')].map((element) => {
      const { x, y } = element.getBoundingClientRect();
      return `${element.textContent} ${Math.round(x)} ${Math.round(y)}`;
    }),
  );

for (const size of [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [1280, 1024],
] as const) {
  test(`a display on a wall of ${size.join(' × ')} shows all, with nothing to act on`, async () => {
    const { page, errors } = await openView(browser, feed, { path: '/?wall', size });
    await expectFreshness({ page }, 'live');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    for (const id of ['day-pnl', 'all-time-pnl', 'current-drawdown', 'open-exposure']) {
      const wanted = await running.page.getByTestId(id).getAttribute('value');
      await expect(page.getByTestId(id)).toHaveAttribute('value', wanted ?? '');
    }
    await expect(page.getByTestId('alert-strip')).toBeVisible();
    await expect(page.getByTestId('as-of')).toHaveAttribute('value', /Z$/);
    expect(page.url()).toBe(`${feed.address}/?wall`);
    expect(await overflows(page)).toEqual([]);
    expect(await cutFigures(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await expect(page.locator('a, button, input, select, [tabindex]')).toHaveCount(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
}

test('on the wall nothing moves when figures change, and axe finds nothing in light and dark', async () => {
  const { page } = await openView(browser, feed, { path: '/?wall', size: [1280, 720] });
  await expectFreshness({ page }, 'live');
  const before = await places(page);
  const was = (await page.getByTestId('day-pnl').getAttribute('value')) ?? '';
  await closeTrades(own.engine, [{ pnl: '1234.5' }]);
  await expect(page.getByTestId('day-pnl')).not.toHaveAttribute('value', was, soon);
  expect(await places(page)).toEqual(before);
  await page.waitForTimeout(700);
  expect(await violations(page), 'dark').toEqual([]);
  await page.goto(`${feed.address}/?wall&theme=light`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expectFreshness({ page }, 'live');
  expect(await violations(page), 'light').toEqual([]);
  await page.context().close();
});
