import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** @type {readonly (readonly [file: string, specifier: string, says: string])[]} */
const wrongArrows = [
  ['shared/a.ts', '../electron/ledger/pool.ts', 'ground floor'],
  ['shared/b.ts', 'node:fs', 'no Node'],
  ['shared/c.ts', 'react', 'no React'],
  ['renderer/a.tsx', '../electron/ledger/pool.ts', 'by the contract alone'],
  ['renderer/b.tsx', 'pg', 'electron/ledger alone'],
  ['renderer/c.tsx', 'electron', 'plain Node'],
  ['electron/ledger/a.ts', '../monitor/monitor.ts', 'nothing above it'],
  ['electron/ledger/b.ts', 'electron', 'plain Node'],
  ['electron/monitor/a.ts', 'drizzle-orm/pg-core', 'electron/ledger alone'],
  ['electron/monitor/b.ts', '../desktop/tray.ts', 'narrow interface'],
  ['electron/desktop/a.ts', '../ledger/ledger.ts', 'never the ledger'],
  ['electron/desktop/b.ts', '../../renderer/app.tsx', 'Arrows run one way'],
  ['electron/settings/a.ts', '../monitor/monitor.ts', 'shared/ alone'],
  ['electron/cli/a.ts', '../desktop/tray.ts', 'plain Node'],
  ['electron/demo/a.ts', '../ledger/pool.ts', 'somebody else'],
  ['electron/main.ts', 'pg', 'electron/ledger alone'],
  ['electron/ipc.ts', './ledger/ledger.ts', 'collaborator'],
];

const rightArrows = [
  ['electron/ledger/right.ts', 'pg'],
  ['electron/demo/right.ts', 'pg'],
  ['electron/desktop/right.ts', 'electron'],
  ['electron/monitor/right.ts', '../ledger/ledger.ts'],
  ['renderer/right.tsx', '../shared/contract.ts'],
];

/** @type {string} */
let folder;
/** @type {Map<string, string>} */
let messages;

// A tree of the same shape beside the repository, so that a planted fault is never in the tree itself.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-arrows-'));
  await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const [file = '', specifier = ''] of [...wrongArrows, ...rightArrows]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(
      join(folder, file),
      `import { x } from '${specifier}';\n\nexport const y = x;\n`,
    );
  }
  messages = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * What the linter says of each file.
 * @param {string} cwd
 * @returns {Promise<Map<string, string>>}
 */
function lint(cwd) {
  const biome = join(root, 'node_modules/.bin/biome');
  const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
  return new Promise((done) => {
    execFile(biome, options, { cwd, maxBuffer: 1 << 24 }, (_error, stdout) => {
      /** @type {Map<string, string>} */
      const found = new Map();
      for (const diagnostic of JSON.parse(stdout).diagnostics) {
        if (diagnostic.category !== 'lint/style/noRestrictedImports') continue;
        const path = diagnostic.location.path.file ?? diagnostic.location.path;
        found.set(path, `${found.get(path) ?? ''}${JSON.stringify(diagnostic)}`);
      }
      done(found);
    });
  });
}

test.each(wrongArrows)('%s may not import %s, and the message says why', (file, _, says) => {
  expect(messages.get(file)).toContain(says);
});

test.each(rightArrows)('%s may import %s', (file) => {
  expect(messages.get(file)).toBeUndefined();
});
