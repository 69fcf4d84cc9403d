/** Whether the simulated world tells good recommenders from bad: what rankings earn in true satisfaction, each against the next. */

import { random } from '../src/core/random.js';
import { bundledCatalogue } from '../src/sim/catalogue/bundled.js';
import { createSimWorld } from '../src/sim/world.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { earnedBy, type Earned } from './sim-ranking/earned.js';
import { DAY_SECONDS, liveWithoutLists, startMs } from './sim-ranking/history.js';
import { rankingsOf, ways, type Asked, type Way } from './sim-ranking/rankings.js';
import { groups, rowsOf, type Group } from './sim-ranking/rows.js';

const { seeds, viewers, days } = byForm({
  short: { seeds: [1], viewers: 1_000, days: 2 },
  usual: { seeds: [1, 2, 3], viewers: 4_000, days: 4 },
});
/** So many that half of those who have an account could watch at the same time. */
const LINES_PER_SECOND = (0.9 * viewers) / 2 / 66;
/** Of the viewers, those who are asked for; the others are learnt from. */
const ASKED_SHARE = 0.25;
/** At eight in the evening of the day after the last. */
const askedMs = startMs + (days * DAY_SECONDS + 20 * 3_600) * 1_000;

/** In one world: what each viewer of each group earns by each way. */
async function measure(seed: number): Promise<Record<Group, Record<Way, Earned>>> {
  const known = bundledCatalogue();
  const world = createSimWorld({ seed, films: known.length, users: viewers, known });
  const histories = [...liveWithoutLists(world, LINES_PER_SECOND, days)];
  const asked = histories.filter(([user]) => user % (1 / ASKED_SHARE) === 0);
  const learnt = new Map(histories.filter(([user]) => user % (1 / ASKED_SHARE) !== 0));
  const rankings = await rankingsOf(world, learnt, random(seed));
  const knowing = (films: number): Asked[] =>
    asked.map(([user, watched]) => ({ user, watched: watched.slice(0, films), timeMs: askedMs }));
  return {
    'one film known': earnedBy(world, rankings, knowing(1)),
    'all films known': earnedBy(world, rankings, knowing(Infinity)),
  };
}

/** The viewers of all worlds together. */
function pooled(worlds: readonly Readonly<Record<Way, Earned>>[]): Record<Way, Earned> {
  const of = (way: Way): Earned => ({
    list: worlds.flatMap((earned) => earned[way].list),
    choice: worlds.flatMap((earned) => earned[way].choice),
  });
  return Object.fromEntries(ways.map((way) => [way, of(way)])) as Record<Way, Earned>;
}

printMachine();
const worlds: Awaited<ReturnType<typeof measure>>[] = [];
for (const seed of seeds) worlds.push(await measure(seed));
reportRows(
  'sim-ranking',
  groups.flatMap((group) => rowsOf(group, pooled(worlds.map((world) => world[group])))),
);
