import { configDefaults, defineConfig } from 'vitest/config';

const all = '{electron,shared,renderer,scripts,e2e/support}/**/*.test.{ts,tsx,mjs}';

// They ask how soon something is right again while writers keep a server busy: a neighbour would decide it.
const alone = ['electron/ledger/kept/writers.db.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [all],
          exclude: [...configDefaults.exclude, ...alone],
          // By itself it leaves a core idle, which of two is half: most of these tests wait for a server.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
