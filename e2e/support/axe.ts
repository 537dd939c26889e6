import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** One line a rule and element: what is wrong, and where. `atLeast` rules must have found something to look at. */
export async function violations(page: Page, atLeast = 16): Promise<string[]> {
  await page.evaluate(axeSource);
  // The hatching of old figures is a picture, on which axe gives no verdict: without it, it does.
  await page.evaluate(() => {
    const plain = new CSSStyleSheet();
    plain.replaceSync('* { background-image: none !important }');
    document.adoptedStyleSheets = [plain];
  });
  const { violations: found, passes } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  // Else it looked at nothing.
  expect(passes.length).toBeGreaterThanOrEqual(atLeast);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}
