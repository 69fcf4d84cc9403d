/** The bad days: brokers killed, disks full, processes shot. Each test says what was lost: nothing. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    pool: 'forks',
    // Most of their time they wait for brokers and processes to die, to come back, to be noticed.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
