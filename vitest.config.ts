/** Unit, property and integration tests; those in a real browser and those of bad days have configurations of their own. */

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/browser/**', 'test/faults/**'],
    // Native modules (LMDB, uWebSockets.js) are not meant for vitest's worker threads.
    pool: 'forks',
    // Files of one process share its modules: to load them anew for each file takes a sixth of the whole run. No module of `src`
    // keeps what a test changes, and a test puts back what it changes of the process.
    isolate: false,
    // Many tests wait for clocks, sockets and processes: three at once also on two cores.
    maxWorkers: 3,
    testTimeout: 20_000,
    coverage: {
      enabled: process.env.MATINEE_TEST_COVERAGE !== undefined,
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Entries that run compiled, in threads and processes of their own, where V8's coverage does not look: the tests do
      // start them. Everything they call is imported by tests as well and counted.
      exclude: ['src/**/*worker.ts', 'src/cli/main.ts'],
      thresholds: { lines: 90 },
    },
  },
});
