/** Tests that drive the operators' page in a real Chromium; they need `chromium` on the PATH. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    pool: 'forks',
    // One browser and one service at a time: the tests share two cores with both.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
