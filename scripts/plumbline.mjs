import { join } from 'node:path';
import { ensureBuild } from './lib/app-build.mjs';
import { startChild } from './lib/children.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runScript } from './lib/lifetime.mjs';
import { root } from './lib/places.mjs';

await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
  const cli = join(root, 'out', 'main', 'cli.js');
  const args = [cli, ...process.argv.slice(2)];
  const code = await startChild(process.execPath, args, { stdio: 'inherit' }).finished;
  // The command's own code counts, also after a signal, which has reached it: `serve` ends with 0 then.
  process.exit(code);
});
