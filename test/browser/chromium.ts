/** Starts Chromium: the system's, or the one that CHROMIUM_PATH names. */

import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

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

/** Fills with what a page complains of, or asks of any other server than that of `url`. */
export function complaintsOf(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
}

/** Takes away the complaints that a test has provoked; what comes later is still noted. */
export function forgive(complaints: string[], text: string): void {
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.includes(text)));
}
