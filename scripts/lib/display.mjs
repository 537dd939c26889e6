import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './children.mjs';
import { firstLine } from './first-line.mjs';
import { Stop } from './stop.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const SCREEN = '1920x1200x24';
const READY_WITHIN_MS = 20 * 1000;
const MIT_COOKIE = 'MIT-MAGIC-COOKIE-1';
/** The address family that Xlib takes for every display. */
const ANY_DISPLAY = 0xffff;

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/**
 * Starts a virtual screen on Linux and returns the environment that leads to it. It ends with the
 * script, after whatever was started later.
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function startVirtualDisplay() {
  if (process.platform !== 'linux') return {};
  const { PATH = '' } = process.env;
  if (!PATH.split(':').some((folder) => existsSync(join(folder, 'Xvfb')))) {
    throw new Stop(
      'There is no display, and no Xvfb to make a virtual one. The package xvfb (Debian, Ubuntu) ' +
        'or xorg-x11-server-Xvfb (Fedora) gives one.',
      2,
    );
  }
  const authority = join(await temporaryFolder('display'), 'authority');
  await writeFile(authority, authorityRecord(), { mode: 0o600 });
  const screen = ['-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', authority];
  // With -displayfd the server itself picks a free number, so that two runs never meet.
  const server = startChild('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    endSignal: 'SIGTERM',
  });
  const number = await firstLine(server, 3, READY_WITHIN_MS, 'Xvfb');
  return {
    DISPLAY: `:${number}`,
    XAUTHORITY: authority,
    XDG_SESSION_TYPE: 'x11',
    WAYLAND_DISPLAY: undefined,
  };
}

/**
 * An Xauthority file's one record. Without it any user of the machine could read the screen.
 * @returns {Buffer}
 */
function authorityRecord() {
  const field = /** @param {Buffer} content */ (content) =>
    Buffer.concat([number16(content.length), content]);
  const anyNumber = Buffer.alloc(0);
  return Buffer.concat([
    number16(ANY_DISPLAY),
    field(Buffer.alloc(0)),
    field(anyNumber),
    field(Buffer.from(MIT_COOKIE)),
    field(randomBytes(16)),
  ]);
}

/** @param {number} value */
function number16(value) {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}
