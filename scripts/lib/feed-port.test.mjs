import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { headlessFeedPort } from './feed-port.mjs';

/** @type {string} */
let home;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-feed-port-'));
  vi.stubEnv('PLUMBLINE_HOME', home);
  vi.stubEnv('PLUMBLINE_FEED_PORT', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(home, { recursive: true });
});

async function takenPort() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { server, port: address.port };
}

test('the port that is set is taken as it is', async () => {
  vi.stubEnv('PLUMBLINE_FEED_PORT', '9000');
  expect(await headlessFeedPort()).toBe('9000');
});

test('without one it is the usual one while that is free, and then any', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { server, port } = await takenPort();
  expect(await headlessFeedPort(port)).toBe('0');
  expect(said.mock.calls.join('')).toContain(`Port ${port} is in use`);
  server.close();
  await once(server, 'close');
  expect(await headlessFeedPort(port)).toBe(String(port));
});

test('a feed that the settings switch on is left to them', async () => {
  const settings = join(home, 'settings.json');
  await writeFile(settings, '{ "feed": { "enabled": true, "port": 9001 } }');
  expect(await headlessFeedPort(0)).toBeUndefined();
  vi.stubEnv('PLUMBLINE_FEED_PORT', '9000');
  expect(await headlessFeedPort(0)).toBe('9000');
});

test.each(['{ "feed": { "enabled": false } }', '{ "feed": null }', 'null', '{'])(
  'settings of %s switch none on',
  async (text) => {
    await writeFile(join(home, 'settings.json'), text);
    expect(await headlessFeedPort(0)).toBe('0');
  },
);
