import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron-runtime.mjs';
import { runScript } from './lib/lifetime.mjs';
import { offerSystemPackages } from './lib/system-packages.mjs';

await runScript(async () => {
  await ensureDependencies();
  await offerSystemPackages('window');
  process.stdout.write(`${await ensureElectron()}\n`);
  return 0;
});
