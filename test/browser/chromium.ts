/** Starts Chromium: the system's, or the one that CHROMIUM_PATH names. */

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);
if (!hasChromium) console.log(`skipped: there is no Chromium at ${executablePath}; set CHROMIUM_PATH`);

export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    // No sandbox, since tests often run as root in a container; no traffic of the browser's own.
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
