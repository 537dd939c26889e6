import { join } from 'node:path';
import { ensureBuild } from './lib/app-build.mjs';
import { run } from './lib/children.mjs';
import { runScript } from './lib/lifetime.mjs';
import { root } from './lib/places.mjs';
import { prepareElectron, startPrivateDesktop } from './lib/prepare.mjs';

await runScript(async () => {
  await prepareElectron('tests');
  await ensureBuild();
  const env = await startPrivateDesktop();
  const runner = join(root, 'scripts', 'lib', 'run-typescript.mjs');
  const args = [runner, join(root, 'bench', 'main.ts'), ...process.argv.slice(2)];
  return run(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
});
