import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExplainedAnswer } from '../../src/serve/admin-answers.js';
import { complaintsOf, forgive, hasChromium, startChromium } from './chromium.js';
import { startService, type RunningService } from './service.js';

describe.skipIf(!hasChromium)('the page', () => {
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let pictures: string;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startChromium()]);
    pictures = await mkdtemp(join(tmpdir(), 'matinee-page-'));
    console.log(`screenshots: ${pictures}`);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = complaintsOf(page, service.adminUrl);
    await page.goto(service.adminUrl);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const explained = async (user: number): Promise<ExplainedAnswer> =>
    (await (await fetch(`${service.adminUrl}api/recommend/${user}`)).json()) as ExplainedAnswer;
  const titles = (heading: string | RegExp): Promise<string[]> =>
    page
      .locator('section', { has: page.getByRole('heading', { name: heading }) })
      .locator('.title')
      .allInnerTexts();
  const titled = ({ title, year }: { title: string; year: number | null }): string =>
    year === null ? title : `${title} ${year}`;

  test('says which model serves and that it is ready', async () => {
    const { model } = await explained(42);
    await page.getByText(model!).first().waitFor();
    await page.getByRole('status').getByText('ready', { exact: true }).waitFor();
  });

  test('shows what a user watched beside what is recommended, and why', async () => {
    await page.getByLabel('User').fill('42');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What user 42 watched and rated' }).waitFor();
    expect(page.url()).toBe(`${service.adminUrl}#/42`);

    const { history, items } = await explained(42);
    expect(await titles('What user 42 watched and rated')).toEqual(history.map(titled));
    expect(await titles('What Matinee recommends')).toEqual(items.map(titled));
    const because = await page.locator('.reasons').first().innerText();
    expect(because).toBe(`because of ${items[0]!.reasons.map(({ title }) => title).join(', ')}`);
  });

  test('follows the address, back and forth', async () => {
    await page.goto(`${service.adminUrl}#/1`);
    await page.getByRole('heading', { name: 'What user 1 watched and rated' }).waitFor();
    await page.getByRole('link', { name: '2', exact: true }).click();
    await page.getByRole('heading', { name: 'What user 2 watched and rated' }).waitFor();
    expect(await page.getByLabel('User').inputValue()).toBe('2');
    expect(await page.title()).toBe('User 2 · Matinee');
    await page.goBack();
    await page.getByRole('heading', { name: 'What user 1 watched and rated' }).waitFor();
  });

  test('a user without history is shown the popular list, and told so', async () => {
    await page.goto(`${service.adminUrl}#/4000000`);
    await page.getByText('There is no history to go by, so the popular list is shown.').waitFor();
    expect(await titles('What Matinee recommends')).toHaveLength(20);
    expect(await page.locator('.score').count()).toBe(0);
  });

  test('a bad id is answered in words', async () => {
    await page.goto(`${service.adminUrl}#/${encodeURIComponent('<b>4 2')}`);
    await page.getByRole('alert').getByText('"%3Cb%3E4%202" is not a user id').waitFor();
    // The browser itself tells of the status.
    forgive(complaints, 'status of 400');
  });

  test('the live numbers move after requests', async () => {
    const figure = page.locator('.figure').first();
    await expect.poll(() => figure.innerText()).toMatch(/^[\d.]+$/);
    for (let user = 1; user <= 50; user++) await (await fetch(`${service.publicUrl}recommend/${user}`)).text();
    await expect.poll(async () => Number(await figure.innerText()), { timeout: 5000 }).toBeGreaterThan(0);
    await page.getByText('personal 100 %').waitFor();
    const line = await page.locator('.sparkline .line').getAttribute('d');
    expect(new Set(line!.match(/,[\d.]+/g)).size).toBeGreaterThan(1);
  });

  test('shows how the log of the site sees the service, as it is written', async () => {
    const panel = page.getByRole('region', { name: 'As the site’s log sees us' });
    await panel.getByText('no line yet').waitFor();
    const { items, model } = await explained(1);
    const list = items.map(({ id }) => id).join(', ');
    const time = (second: number): string => `2026-02-14T09:10:${String(second).padStart(2, '0')}`;
    const users = Array.from({ length: 40 }, (_, i) => 1 + i);
    await service.log(
      ...users.map((user) => `${time(1)},${user},recommendation request films:8082, status 200, result: ${list}, 9 ms`),
      ...users.slice(0, 10).map((user) => `${time(20)},${user},GET /data/m/${items[0]!.id}/0.mpg`),
      `${time(42)},7,recommendation request films:8082, status 0, result: Request timeout, 601 ms`,
    );
    await panel.getByText('1 with status 0').waitFor();
    const figures = await panel.locator('.figure').allInnerTexts();
    expect(figures.slice(0, 4)).toEqual(['41', '97.56 %', '0 %', '25 %']);
    for (const text of ['97.56 % over 24 h', 'caught up', '9:10:42', model!]) {
      expect(await panel.innerText()).toContain(text);
    }
  });

  test('a server that is gone is told in words, and found again', async () => {
    await page.route('**/*', (route) => route.abort());
    await page.getByText('unreachable').waitFor();
    await page.getByLabel('User').fill('3');
    await page.getByRole('button', { name: 'Recommend' }).click();
    await page.getByText('The server does not answer.').waitFor();
    await page.unroute('**/*');
    await page.getByRole('status').getByText('ready', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Recommend' }).click();
    await page.getByRole('heading', { name: 'What user 3 watched and rated' }).waitFor();
    forgive(complaints, 'net::ERR_FAILED');
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('fits: %s, %i wide', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${service.adminUrl}#/42`);
    await page.getByText('because of').first().waitFor();
    await page.screenshot({ path: join(pictures, `${colorScheme}-${width}.png`) });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
