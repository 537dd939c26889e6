import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './children.mjs';
import { firstLine } from './first-line.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const READY_WITHIN_MS = 20 * 1000;

/**
 * Starts a session bus of its own on Linux and returns the environment that leads to it. It knows
 * no services to start by itself: a desktop's notification daemon would answer before the test's.
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function startSessionBus() {
  if (process.platform !== 'linux') return {};
  const folder = await temporaryFolder('bus');
  const config = join(folder, 'session.conf');
  await writeFile(config, configuration(join(folder, 'socket')));
  const args = [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'];
  const server = startChild('dbus-daemon', args, {
    // As root in a container it complains of a limit that does not matter here.
    stdio: ['ignore', 'pipe', 'ignore'],
    endSignal: 'SIGTERM',
  });
  const address = await firstLine(server, 1, READY_WITHIN_MS, 'dbus-daemon');
  return { DBUS_SESSION_BUS_ADDRESS: address };
}

/**
 * @param {string} socket
 * @returns {string}
 */
function configuration(socket) {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
