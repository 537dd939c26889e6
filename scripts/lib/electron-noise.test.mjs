import { expect, test } from 'vitest';
import { isNoise } from './electron-noise.mjs';

test.each([
  '[9480:1123/143808.331939:ERROR:shared_image_interface_proxy.cc(134)] Buffer handle is null.',
  '[123:1123/143808.000001:ERROR:bus.cc(407)] Failed to connect to the bus: no such file',
  '[123:1123/143808.000001:ERROR:dbus/bus.cc:407] Failed to connect to the bus: no such file',
  '[123:1123/143808.000001:WARNING:gpu/ipc/gl_display.cc:497] no GPU',
])('Chromium on a missing graphics card or desktop is noise: %s', (line) => {
  expect(isNoise(line)).toBe(true);
});

test.each([
  'Watching ledger at db.example',
  'Error: bus.cc(407) said something',
  '[12:0101/000000.1:ERROR is not how Chromium writes',
  '[9480:1123/143808.331939:FATAL:setuid_sandbox_host.cc(163)] The sandbox is not configured.',
  '[9480:1123/143808.331939:ERROR:net/ssl_client_socket_impl.cc(882)] handshake failed',
])('what the app or the person may need is kept: %s', (line) => {
  expect(isNoise(line)).toBe(false);
});
