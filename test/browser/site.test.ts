/** The simulated site's page for a person, from signing up to the next list. */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { built } from '../../src/core/package.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import type { Recommender } from '../../src/sim/grader/grader.js';
import { createSitePage } from '../../src/sim/page/routes.js';
import { ratingScale, smallSite } from '../sim/small-site.js';
import { complaintsOf, forgive, hasChromium, startChromium } from './chromium.js';

const known = bundledCatalogue().slice(0, 400);
const ids = known.map(({ id }) => id);

/** By user, what the log said they watch. */
const watched = new Map<string, Set<number>>();

/** Nothing that was watched, and after the first film what follows it in the catalogue. */
const recommender: Recommender = {
  ask: (user) => {
    const seen = watched.get(user) ?? new Set<number>();
    const last = [...seen].at(-1);
    const usual = Array.from({ length: 20 + seen.size }, (_, i) => i);
    const list = last === undefined ? usual : [last + 100, last + 101, ...usual.reverse()];
    const films = list.filter((film) => !seen.has(film)).slice(0, 20);
    const tier = seen.size === 0 ? 'popular' : 'personal';
    const result = films.map((film) => ids[film]).join(', ');
    return Promise.resolve({ status: 200, films, result, latencyMs: 7, model: 'following', tier });
  },
  close: () => Promise.resolve(),
};

describe.skipIf(!hasChromium)('the page of the simulated site', () => {
  const { site, visitors, second } = smallSite({ users: 2000, known, recommender });
  let api: ApiStandIn;
  let clock: NodeJS.Timeout;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let pictures: string;

  beforeAll(async () => {
    const sitePage = createSitePage({ site, visitors, ratingScale, pageFolder: built('web') });
    [api, browser] = await Promise.all([startApiStandIn(site.world, { page: sitePage }), startChromium()]);
    clock = setInterval(() => second().forEach(readLine), 300);
    pictures = await mkdtemp(join(tmpdir(), 'matinee-site-'));
    console.log(`screenshots: ${pictures}`);
  });
  afterAll(async () => {
    clearInterval(clock);
    await browser.close();
    await api.close();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    complaints = complaintsOf(page, api.url);
    await page.goto(api.url);
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  function readLine(line: string): void {
    const [, user, id] = /,(\d+),GET \/data\/m\/(.+)\/\d+\.mpg$/.exec(line) ?? [];
    if (user === undefined) return;
    const seen = watched.get(user) ?? new Set();
    watched.set(user, seen.add(ids.indexOf(id!)));
  }

  const titleOf = (film: number): string => {
    const { title, year } = site.world.film(film);
    return year === null ? title : `${title} ${year}`;
  };
  const section = (name: string) => page.getByRole('region', { name });
  const listed = (): Promise<string[]> => section('Recommended for you').locator('ol .title').allInnerTexts();

  async function signUp(): Promise<void> {
    await page.getByRole('spinbutton', { name: 'Age' }).fill('34');
    await page.getByRole('combobox', { name: 'Gender' }).selectOption('female');
    await page.getByRole('combobox', { name: 'Occupation' }).selectOption('writer');
    await page.getByRole('textbox', { name: 'What I like', exact: true }).fill('slow thrillers <b>& "quotes"</b>');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText('following · 7 ms').waitFor();
  }

  test('a person signs up, gets a list, watches a film, and sees the next list change', async () => {
    await page.getByText('This site is a simulation').waitFor();
    await signUp();
    const { user, profile } = visitors.guests().at(-1)!;
    expect(profile).toEqual({
      ...{ age: 34, gender: 'F', occupation: 'writer', likes: 'slow thrillers <b>& "quotes"</b>', dislikes: null },
    });
    await page.getByText(`You are user ${user}`).waitFor();
    const before = Array.from({ length: 20 }, (_, film) => titleOf(film));
    expect(await listed()).toEqual(before);

    await page.getByRole('button', { name: `Watch ${site.world.film(2).title}`, exact: true }).click();
    await page.getByText('The list has changed: 3 new, 16 moved, 3 gone.').waitFor();
    const after = [102, 103, ...Array.from({ length: 21 }, (_, i) => 20 - i).filter((film) => film !== 2)].slice(0, 20);
    expect(await listed()).toEqual(after.map(titleOf));
    await page.getByText('Made for you from what you watched').waitFor();
    const gone = await section('Recommended for you').locator('.gone .title').allInnerTexts();
    expect(gone).toEqual([0, 1, 2].map(titleOf));
    const [first, , third, , , sixth] = await section('Recommended for you').locator('ol > li').allInnerTexts();
    expect([first, third].map((text) => text!.includes('new'))).toEqual([true, true]);
    expect(sixth).toContain('↑ 12');
    const did = await section('What you watched and rated').innerText();
    expect(did).toContain(`${titleOf(2)}\n${site.world.film(2).runtime} min`);
    // The button that was pressed is gone, and the keyboard is not lost.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('recommended');

    await page.reload();
    await page.getByText(`You are user ${user}`).waitFor();
    expect(await listed()).toEqual(after.map(titleOf));
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Be a viewer' }).waitFor();
  });

  test('stars rate, half a film is half a film, and titles are found', async () => {
    await signUp();
    const { id, title, runtime } = site.world.film(300);
    await page.getByRole('searchbox').fill(title);
    const found = section('Something else?');
    await found.getByRole('button', { name: `Watch half of ${title}`, exact: true }).click();
    const half = Math.floor(runtime! / 2);
    await section('What you watched and rated').getByText(`${half} of ${runtime} min`).waitFor();
    await found.getByRole('button', { name: `Rate ${title} 4 of 5`, exact: true }).click();
    await section('What you watched and rated').getByText('★ 4').waitFor();
    expect(await found.locator('.star.full').count()).toBe(4);
    expect(visitors.guests().at(-1)!.deeds).toMatchObject([
      { kind: 'watched', film: ids.indexOf(id), value: half },
      { kind: 'rated', film: ids.indexOf(id), value: 4 },
    ]);
  });

  test('a site that is gone is told in words', async () => {
    await signUp();
    await page.route('**/*', (route) => route.abort());
    await page
      .getByRole('button', { name: /^Watch half of/ })
      .first()
      .click();
    await page.getByRole('alert').getByText('The site does not answer.').waitFor();
    forgive(complaints, 'net::ERR_FAILED');
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('fits: %s, %i wide', async (colorScheme, width) => {
    const fits = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 1000 });
    await fits('sign-up');
    await signUp();
    await page.getByRole('searchbox').fill('the');
    await page
      .getByRole('button', { name: /^Rate .* 4 of 5/ })
      .nth(1)
      .click();
    await page
      .getByRole('button', { name: /^Watch half of/ })
      .first()
      .click();
    await page.getByText('The list has changed').waitFor();
    await fits('list');
  });
});
