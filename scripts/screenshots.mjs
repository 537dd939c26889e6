import { ensureBuild } from './lib/app-build.mjs';
import { runScript } from './lib/lifetime.mjs';
import { prepareElectron, startPrivateDesktop } from './lib/prepare.mjs';
import { runTool } from './lib/tools.mjs';

await runScript(async () => {
  await prepareElectron('tests');
  await ensureBuild();
  const env = await startPrivateDesktop();
  const args = ['test', '-c', 'e2e/screenshots.config.ts', ...process.argv.slice(2)];
  return runTool('@playwright/test', 'playwright', args, { env, stdio: 'inherit' });
});
