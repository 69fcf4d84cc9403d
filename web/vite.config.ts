/** Builds the operators' page into dist/web, from where the admin server reads it. */

import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Every browser that runs this code preloads modules by itself.
    modulePreload: { polyfill: false },
    // The content security policy allows files of this server, not data URLs.
    assetsInlineLimit: 0,
  },
});
