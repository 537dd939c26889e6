import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { metricIds } from '../../shared/metrics.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { metricName } from './metrics.ts';
import { openTestFeed } from './test-support/open-test-feed.ts';

const path = new URL('../../docs/grafana-dashboard.json', import.meta.url);

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ expr: z.string() })),
    }),
  ),
});

const namesIn = (text: string): string[] => text.match(/plumbline_\w+/g) ?? [];

test('every metric that the dashboard names is one that the feed exposes', async () => {
  const feed = await openTestFeed({ snapshot: sampleSnapshot() });
  const answer = await fetch(`${feed.address}/metrics`, {
    headers: { authorization: `Bearer ${feed.token}` },
  });
  const exposed = new Set((await answer.text()).match(/^plumbline_\w+/gm));
  await feed.close();
  const text = await readFile(path, 'utf8');
  const { panels } = dashboardSchema.parse(JSON.parse(text));
  for (const { title, targets } of panels) {
    const named = targets.flatMap(({ expr }) => namesIn(expr));
    expect(named, title).toHaveLength(targets.length);
  }
  const unknown = namesIn(text).filter((name) => !exposed.has(name));
  expect(unknown).toEqual([]);
  expect(metricIds.map((id) => metricName(id)).filter((name) => !exposed.has(name))).toEqual([]);
});

test('its panels lie side by side', async () => {
  const { panels } = dashboardSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});
