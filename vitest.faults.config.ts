/** The bad days: brokers killed, disks full, processes shot. Each test says what was lost: nothing. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    pool: 'forks',
    // They share two cores with the brokers and processes that they start.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
