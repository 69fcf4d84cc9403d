/** Builds the operators' page and that of the simulated site into dist/web, from where their servers read them. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    rolldownOptions: {
      input: ['index.html', 'site.html'].map((page) => fileURLToPath(new URL(page, import.meta.url))),
    },
    // Every browser that runs this code preloads modules by itself.
    modulePreload: { polyfill: false },
    // The content security policy allows files of this server, not data URLs.
    assetsInlineLimit: 0,
  },
});
