/** New viewers: who they are, what they say of themselves, and which films they will like. */

import { groupsOf } from '../../src/cold/group-lift.js';
import type { Random } from '../../src/core/random.js';
import { drawsOf } from '../../src/sim/mix.js';
import { describeTastes } from '../../src/sim/viewers/voices.js';
import type { SimWorld } from '../../src/sim/world.js';
import type { SelfDescription } from '../../src/text/profile.js';
import { allPatterns } from '../../src/app/introductions.js';
import { createSpectator } from './viewings.js';

/** The age bands are those of the cold answer. */
const bandOf = (age: number): number => groupsOf({ age, gender: null })[0]!;
const bandStarts = Array.from({ length: 100 }, (_, age) => age).filter((age) => bandOf(age) !== bandOf(age - 1));
export const bandNames = bandStarts.map((from, band) => {
  const next = bandStarts[band + 1];
  return next === undefined ? `${from} and over` : from === 0 ? `under ${next}` : `${from} to ${next - 1}`;
});

interface Chosen {
  readonly user: number;
  readonly band: number;
  /** One of those taken as they come, whose ages are everybody's; the others fill the bands. */
  readonly anyAge: boolean;
}

/** The first `anyAge` users from `first` on, and after them those of each band that has fewer than `each`. */
export function chooseNewcomers(
  ageOf: (user: number) => number,
  first: number,
  { anyAge, each }: { readonly anyAge: number; readonly each: number },
): Chosen[] {
  const chosen: Chosen[] = [];
  const sizes = bandNames.map(() => 0);
  for (let user = first; user < first + anyAge || sizes.some((size) => size < each); user++) {
    const band = bandOf(ageOf(user));
    const asTheyCome = user < first + anyAge;
    if (!asTheyCome && sizes[band]! >= each) continue;
    sizes[band]!++;
    chosen.push({ user, band, anyAge: asTheyCome });
  }
  return chosen;
}

export interface Newcomer extends Chosen {
  /** As the user API tells it. */
  readonly said: SelfDescription;
  /** Films that they may speak of: they know them, so they are neither answered nor to be found. */
  readonly known: readonly number[];
  /** Films to be found: liked among their first viewings. */
  readonly relevant: ReadonlySet<number>;
}

/** Viewings of which the liked ones are to be found, over so many days after signing up. */
const [VIEWINGS, DAYS] = [20, 28];
/** Of 5. */
const LIKED = 4;

/** What each of them says and does; nothing is recommended to them. */
export function meet(world: SimWorld, chosen: readonly Chosen[], draws: Random, signUpMs: number): Newcomer[] {
  const spectate = createSpectator(world, draws);
  const titles = world.ids.map((_, film) => world.film(film).title);
  return chosen.map((who) => {
    const { age, gender } = world.user(who.user)!;
    const image = world.tastes.selfImage(who.user);
    const voice = drawsOf(world.seed, 'voice', who.user);
    const { likes, dislikes } = describeTastes(image, voice, allPatterns[voice.integer(allPatterns.length)]!);
    const told = [...image.likedTitles, ...image.dislikedTitles];
    const known = titles.flatMap((title, film) => (told.includes(title) ? [film] : []));
    const liked = spectate(who.user, VIEWINGS, signUpMs, DAYS).filter(({ rating }) => rating >= LIKED);
    return {
      ...who,
      said: { likes, dislikes, age, gender },
      known,
      relevant: new Set(liked.flatMap(({ film }) => (known.includes(film) ? [] : [film]))),
    };
  });
}
