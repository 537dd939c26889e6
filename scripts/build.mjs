import { buildAnew } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runScript } from './lib/lifetime.mjs';

await runScript(async () => {
  await ensureDependencies();
  await buildAnew();
  return 0;
});
