import { ensureBuild } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { laneCount } from './lib/lanes.mjs';
import { runScript } from './lib/lifetime.mjs';
import { prepareElectron, startPrivateDesktops } from './lib/prepare.mjs';
import { Stop, say } from './lib/stop.mjs';
import { temporaryFolder } from './lib/temporary-folder.mjs';
import { closingLine, runPlaywright, runVitest } from './lib/test-runners.mjs';
import { runTool } from './lib/tools.mjs';

const parts = ['check', 'unit', 'e2e'];
const help = `npm test                     everything, in this order
npm test -- check            formatting, lint and types
npm test -- unit [FILTER…]   unit, property and integration tests
npm test -- e2e [FILTER…]    the app itself, built and started in Electron

End-to-end tests run side by side on desktops of their own, a core each and three at most;
PLUMBLINE_TEST_LANES=1 runs them one after the other.
`;

/**
 * @typedef {object} Step
 * @property {string} part
 * @property {string} title
 * @property {() => Promise<number>} work
 */

/**
 * @param {string[]} filters
 * @param {string} folder where the runners leave their counts
 * @returns {Step[]}
 */
function stepsOf(filters, folder) {
  const inherit = /** @type {const} */ ({ stdio: 'inherit' });
  const lint = () => runTool('@biomejs/biome', 'biome', ['check', '.'], inherit);
  const types = () => runTool('typescript', 'tsc', ['--noEmit'], inherit);
  const built = () => ensureBuild().then(() => 0);
  const lanes = laneCount();
  const endToEnd = async () => runPlaywright(filters, folder, await startPrivateDesktops(lanes));
  return [
    { part: 'check', title: 'Formatting and lint', work: lint },
    { part: 'check', title: 'Types', work: types },
    {
      part: 'unit',
      title: 'Unit, property and integration tests',
      work: () => runVitest(filters, folder),
    },
    { part: 'e2e', title: 'Build', work: built },
    { part: 'e2e', title: 'End-to-end tests', work: endToEnd },
  ];
}

/** @param {Step} step */
async function runStep({ title, work }) {
  process.stdout.write(`\n── ${title}\n`);
  const startedAt = performance.now();
  const code = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`── ${title}: ${code === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  return code;
}

await runScript(async () => {
  const [part, ...filters] = process.argv.slice(2);
  if (part === '--help' || part === '-h') {
    process.stdout.write(help);
    return 0;
  }
  if (part !== undefined && !parts.includes(part)) throw new Stop(help, 2);
  await (part === undefined || part === 'e2e' ? prepareElectron('tests') : ensureDependencies());
  const folder = await temporaryFolder('test');
  let code = 0;
  for (const step of stepsOf(filters, folder)) {
    if (part !== undefined && step.part !== part) continue;
    code = await runStep(step);
    if (code === 0) continue;
    say(`Stopped at: ${step.title}.`);
    break;
  }
  process.stdout.write(`\n${await closingLine(folder, code)}\n`);
  return code;
});
