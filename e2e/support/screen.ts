import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { metricIds } from '../../shared/metrics.ts';
import type { Settings } from '../../shared/settings.ts';
import type { RunningApp } from './app.ts';
import type { TestLedger } from './test-ledger.ts';

/** A figure as it stands in the page. */
export interface ShownFigure {
  readonly value: string;
  readonly reason: string | undefined;
  readonly kind: string | undefined;
}

/** All figures of one moment: read in one go, so that no refresh comes between two of them. */
export const readScreen = ({ page }: Pick<RunningApp, 'page'>) =>
  page.evaluate((ids) => {
    const byTestId = (id: string) => document.querySelectorAll(`[data-testid="${id}"]`);
    const shown = (data: HTMLDataElement | null | undefined): ShownFigure => ({
      value: data?.value ?? 'not on the page',
      reason: data?.dataset.reason,
      kind: data?.dataset.kind,
    });
    const cell = (row: Element, name: string): string =>
      row.querySelector<HTMLDataElement>(`.${name} data`)?.value ?? 'not on the page';
    const rows = (id: string) => [
      ...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"] tbody tr`),
    ];
    const groups = (id: string, ratio: string) =>
      rows(id)
        .filter(({ dataset }) => dataset.group !== undefined)
        .map((row) => ({
          key:
            row.dataset.group === 'named' ? `named ${row.dataset.name}` : (row.dataset.group ?? ''),
          pnl: cell(row, 'pnl'),
          scored: cell(row, 'scored'),
          open: cell(row, 'open'),
          exposure: cell(row, 'exposure'),
          ratio: cell(row, ratio),
          outcomes: row.querySelector('.outcomes')?.textContent ?? '',
        }));
    const trades = (id: string) =>
      rows(id)
        .map(({ dataset }) => dataset.id)
        .filter((trade) => trade !== undefined);
    const reasons = (id: string) =>
      rows(id)
        .filter(({ dataset }) => dataset.why !== undefined)
        .map((row) => ({ key: row.dataset.why ?? '', count: cell(row, 'count') }));
    return {
      asOf: shown(byTestId('as-of')[0] as HTMLDataElement | undefined).value,
      figures: Object.fromEntries(
        ids.map((id) => [id, shown(byTestId(id)[0] as HTMLDataElement | undefined)]),
      ),
      byStrategy: groups('by-strategy', 'expectancy'),
      byOpportunityType: groups('by-opportunity-type', 'capture'),
      openTrades: trades('open-trades'),
      recentCloses: trades('recent-closes'),
      rejections: reasons('rejections'),
      failures: reasons('failures'),
    };
  }, metricIds);

/** Waits until the page shows what was committed before the call. */
export async function screenAfterCommit(running: RunningApp, { engine }: TestLedger) {
  const { rows } = await engine.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  );
  const committedAt = rows[0]?.now ?? '';
  let screen = await readScreen(running);
  const isAfter = async (): Promise<boolean> => {
    screen = await readScreen(running);
    // Before the first figures there is no instant on the page, only words.
    return screen.asOf.endsWith('Z') && screen.asOf > committedAt;
  };
  await expect.poll(isAfter, { intervals: [50], timeout: 75_000 }).toBe(true);
  return screen;
}

/** Puts settings into effect as a person does who edits the file, and waits until they are. */
export async function editSettings({ home, page }: RunningApp, settings: Settings): Promise<void> {
  const path = join(home, 'settings.json');
  await writeFile(`${path}.edited`, JSON.stringify(settings, null, 2));
  await rename(`${path}.edited`, path);
  const inEffect = () =>
    page.evaluate(async () => {
      const answer = await window.plumbline.settings.state();
      return answer.ok ? answer.value.settings : null;
    });
  await expect.poll(inEffect, { intervals: [50], timeout: 10_000 }).toEqual(settings);
}
