import { ensureBuild } from './lib/app-build.mjs';
import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { runElectronApp } from './lib/electron-app.mjs';
import { headlessFeedPort } from './lib/feed-port.mjs';
import { runScript } from './lib/lifetime.mjs';
import { prepareElectron } from './lib/prepare.mjs';
import { say } from './lib/stop.mjs';

await runScript(async () => {
  const executable = await prepareElectron(hasDisplay() ? 'window' : 'headless');
  await ensureBuild();
  if (hasDisplay()) return runElectronApp(executable, process.argv.slice(2), {});
  const display = await startVirtualDisplay();
  say('There is no display; the app runs on a virtual one. Ctrl-C ends it.');
  // Nobody sees that display: the browser view is the window.
  const env = { ...display, PLUMBLINE_FEED_PORT: await headlessFeedPort() };
  return runElectronApp(executable, process.argv.slice(2), env);
});
