import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { homeFolder, makeHome } from './home.ts';

const userFolder = join('/', 'people', 'ann');

test.each([
  ['linux', {}, join(userFolder, '.config', 'plumbline')],
  ['linux', { XDG_CONFIG_HOME: '/xdg' }, join('/xdg', 'plumbline')],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, join(userFolder, '.config', 'plumbline')],
  ['linux', { PLUMBLINE_HOME: '/own', XDG_CONFIG_HOME: '/xdg' }, '/own'],
  ['linux', { PLUMBLINE_HOME: '' }, join(userFolder, '.config', 'plumbline')],
  ['darwin', {}, join(userFolder, 'Library', 'Application Support', 'Plumbline')],
  ['win32', { APPDATA: join('/', 'roaming') }, join('/', 'roaming', 'Plumbline')],
  ['win32', {}, join(userFolder, 'AppData', 'Roaming', 'Plumbline')],
] as const)('on %s with %j the home is %s', (platform, env, home) => {
  expect(homeFolder({ env, platform, userFolder })).toBe(home);
});

test('the home is made for its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-home-'));
  const home = join(folder, 'a', 'b');
  await makeHome(home);
  await makeHome(home);
  expect((await stat(home)).mode & 0o777).toBe(0o700);
  await rm(folder, { recursive: true });
});
