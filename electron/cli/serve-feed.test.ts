import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FeedError } from '../feed/feed-error.ts';
import { testParts } from '../feed/test-support/open-test-feed.ts';
import type { Watch } from '../watch.ts';
import { UsageError } from './command-io.ts';
import { openServedFeed } from './serve-feed.ts';

const asked = vi.hoisted((): { address: string } => ({ address: '' }));

// The file of tokens was right while the feed opened, and is not a moment later.
vi.mock('../feed/invitation.ts', () => ({
  invitationTo: async (address: string) => {
    asked.address = address;
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    throw new FeedError('The tokens may be read by others.');
  },
}));

it('listens no more where what follows the opening fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-serve-feed-'));
  try {
    const { needs } = await testParts(folder);
    const { home, page, log, monitor, settings, alerts, handlers } = needs;
    const watch = {
      monitor: { ...monitor, ...handlers.monitor },
      settings: { ...settings, ...handlers.settings },
      ...{ alerts, alertCalls: handlers.alerts },
    } as unknown as Watch;
    const io = { env: {}, stdout: () => undefined, stderr: () => undefined };
    const opening = openServedFeed({ home, watch, request: { port: 0 }, parts: { page }, io, log });
    await expect(opening).rejects.toThrow(new UsageError('The tokens may be read by others.'));
    await expect(fetch(`${asked.address}/livez`)).rejects.toThrow();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
