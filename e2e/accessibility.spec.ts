import { expect, type Page, test } from '@playwright/test';
import { type MetricId, metricIds, metrics } from '../shared/metrics.ts';
import type { Appearance } from '../shared/settings.ts';
import { violations } from './support/axe.ts';
import { expectFreshness, startTradedApp, type TradedApp } from './support/traded-app.ts';

const setAppearance = (page: Page, changes: Partial<Appearance>) =>
  page.evaluate((wanted) => window.plumbline.settings.setAppearance(wanted), changes);

/** Both themes in both palettes. */
async function expectClean(page: Page, state: string): Promise<void> {
  for (const palette of ['colour-blind', 'classic'] as const) {
    await setAppearance(page, { palette });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(700);
      const where = `${state}, ${palette}, ${colorScheme}`;
      expect(await violations(page), where).toEqual([]);
      expect((await faintTexts(page)).faint, where).toEqual([]);
    }
  }
}

/** Texts of an open dialog with less contrast than AA asks for; axe gives no verdict in the top layer. */
const faintTexts = (page: Page) =>
  page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const pixelOf = (...colours: string[]): Uint8ClampedArray => {
      if (canvas === null) throw new Error('No canvas');
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return canvas.getImageData(0, 0, 1, 1).data;
    };
    const luminance = (pixel: Uint8ClampedArray): number => {
      const [red = 0, green = 0, blue = 0] = [...pixel].map((byte) =>
        byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgrounds = (element: Element | null): string[] =>
      element === null
        ? []
        : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
    const contrast = (element: Element): number => {
      const under = backgrounds(element);
      const ground = luminance(pixelOf('white', ...under));
      const text = luminance(pixelOf('white', ...under, getComputedStyle(element).color));
      return (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
    };
    const texts = [...document.querySelectorAll('dialog[open] *')].filter((element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim() !== '',
      ),
    );
    const faint = texts.filter((element) => contrast(element) < 4.5);
    return {
      looked: texts.length,
      faint: faint.map((element) => `${element.outerHTML.slice(0, 90)} ${contrast(element)}`),
    };
  });

test.describe('on a ledger that is traded on', () => {
  let traded: TradedApp;

  test.beforeAll(async () => {
    traded = await startTradedApp('steady', { env: { PLUMBLINE_REFRESH_MS: '250' } });
  });

  test.afterAll(() => traded.close());

  test('axe finds nothing while live', () => expectClean(traded.running.page, 'live'));

  test('axe finds nothing in the dialogs', async () => {
    const { page } = traded.running;
    for (const keys of ['?', 'Control+k']) {
      await page.keyboard.press(keys);
      await expect(page.locator('dialog[open]')).toBeVisible();
      expect((await faintTexts(page)).looked).toBeGreaterThan(5);
      await expectClean(page, `dialog of ${keys}`);
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog[open]')).toHaveCount(0);
    }
  });

  test('each figure is read out with its unit', async () => {
    const spoken = await spokenFigures(traded.running.page);
    for (const id of metricIds) expect(spoken[id], id).toMatch(unitOf(id));
  });

  test('what changes each second is not read out', async () => {
    const { page } = traded.running;
    const changes = await page.evaluate(async () => {
      const said: string[] = [];
      const observer = new MutationObserver((mutations) => {
        for (const { target } of mutations) said.push(target.textContent ?? '');
      });
      const live = document.querySelectorAll(
        '[aria-live]:not([aria-live=off]), [role=status], [role=alert]',
      );
      for (const region of live)
        observer.observe(region, { childList: true, subtree: true, characterData: true });
      await new Promise((resolve) => setTimeout(resolve, 5000));
      observer.disconnect();
      return said;
    });
    expect(changes).toEqual([]);
  });

  test('a changed figure is tinted, and with reduced motion nothing moves at all', async () => {
    const { page } = traded.running;
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await expect.poll(() => animations(page), { timeout: 60_000, intervals: [50] }).not.toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    // Those that run go on to their end.
    await page.waitForTimeout(700);
    const seen = new Set<string>();
    for (let sample = 0; sample < 100; sample += 1) {
      for (const name of await animations(page)) seen.add(name);
      await page.waitForTimeout(50);
    }
    expect([...seen]).toEqual([]);
  });

  test('axe finds nothing while paused', async () => {
    const { page } = traded.running;
    await page.evaluate(() => window.plumbline.monitor.setPaused(true));
    await expectFreshness(traded.running, 'paused');
    await expectClean(page, 'paused');
    await page.evaluate(() => window.plumbline.monitor.setPaused(false));
    await expectFreshness(traded.running, 'live');
  });

  test('axe finds nothing while disconnected', async () => {
    await traded.own.server.stop();
    await expectFreshness(traded.running, 'disconnected');
    await expectClean(traded.running.page, 'disconnected');
    await expect(traded.running.page.getByTestId('error-banner')).toHaveCount(1);
    await traded.own.server.start();
    await traded.own.signIn();
    await expectFreshness(traded.running, 'live');
  });
});

for (const [state, scenario] of [
  ['all open', 'all-open'],
  ['empty', null],
] as const) {
  test(`axe finds nothing on a ledger that is ${state}, and what is missing has its reason read out`, async () => {
    const traded = await startTradedApp(scenario);
    try {
      const { page } = traded.running;
      await expectClean(page, state);
      const spoken = await spokenFigures(page);
      for (const id of metricIds) expect(spoken[id], id).toMatch(unitOf(id));
    } finally {
      await traded.close();
    }
  });
}

/** What a screen reader says in the place of each metric. */
const spokenFigures = (page: Page) =>
  page.evaluate((ids) => {
    const spokenOf = (node: Node): string => {
      if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
      if (node.childNodes.length === 0) return node.textContent ?? '';
      return [...node.childNodes].map(spokenOf).join('');
    };
    return Object.fromEntries(
      ids.map((id) => {
        const data = document.querySelector(`data[data-testid="${id}"]`);
        return [id, data === null ? 'not on the page' : spokenOf(data)];
      }),
    );
  }, metricIds);

/** The unit in words, or a reason in words; a bare count or ratio has none. */
function unitOf(id: MetricId): RegExp {
  const reason = '^(none|not computable|infinite): \\w+ \\w+';
  switch (metrics[id].unit) {
    case 'pnl':
    case 'money':
      return new RegExp(`dollars$|${reason}`);
    case 'fraction':
      return new RegExp(`percent$|${reason}`);
    case 'seconds':
      return new RegExp(`(second|minute|hour|day)s?$|${reason}`);
    case 'streak':
      return new RegExp(`(wins?|loss(es)?|none)$|${reason}`);
    case 'count':
    case 'ratio':
      return new RegExp(`^[\\d,.]+$|${reason}`);
  }
}

/** What moves at this moment. */
const animations = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map((animation) =>
        animation instanceof CSSAnimation ? animation.animationName : animation.constructor.name,
      ),
  );
