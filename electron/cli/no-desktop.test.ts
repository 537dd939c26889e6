import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noKeyring, noNotifier, secretOfEnvironment } from './no-desktop.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-no-desktop-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('the webhook’s secret is that of the environment', async () => {
  const secret = await secretOfEnvironment(home, { PLUMBLINE_WEBHOOK_SECRET: 's3cret' });
  expect([secret.get(), secret.warning()]).toEqual(['s3cret', null]);
});

it('without one nothing is said, unless the app has kept one', async () => {
  expect((await secretOfEnvironment(home, {})).warning()).toBeNull();
  await writeFile(join(home, 'alert-secret.json'), '{}');
  const secret = await secretOfEnvironment(home, {});
  expect(secret.get()).toBeNull();
  expect(secret.warning()).toContain('set PLUMBLINE_WEBHOOK_SECRET');
});

it('nothing counts as shown or kept', async () => {
  const toast = {
    id: 't',
    title: '',
    body: '',
    severity: 'info',
    isSticky: false,
    episodeId: null,
  } as const;
  expect(await noNotifier.show(toast)).toBe('failed');
  expect(noKeyring.isAvailable()).toBe(false);
});
