/** A stand-in for an app that runs the demo until it is killed: `hold-demo.mjs HOME ENGINE`. */
import { startDemo } from '../demo.ts';
import { forkWithNode } from '../trading-engine/fork-engine.ts';

const [, , home, engine] = process.argv;
if (home === undefined || engine === undefined) throw new Error('The folder or engine is missing.');
const demo = await startDemo({
  home,
  forkEngine: () => forkWithNode(engine),
  log: () => undefined,
});
process.stdout.write(`${demo.adminUrl}\n`);
