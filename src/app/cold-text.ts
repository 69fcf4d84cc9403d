/** Composition of the protocol `cold-text`: strangers introduce themselves, the service's own parser reads them. */

import { learnCold } from '../cold/cold-model.js';
import { tasteOf } from '../cold/taste.js';
import type { Result } from '../core/errors.js';
import { unknownUser } from '../dataset/facts.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Stranger as Understood } from '../engine/strangers.js';
import { coldTextCuts, type Stranger } from '../evaluate/protocols/cold-text.js';
import { introduced, type Introduction } from '../evaluate/protocols/introduced.js';
import type { Cuts } from '../evaluate/protocols/protocol.js';
import type { Model } from '../registry/model.js';
import { genreOf } from '../text/genres.js';
import { wordsOfSummaries } from '../text/plain-words.js';
import { profileOf, type Profile, type SelfDescription } from '../text/profile.js';
import { createTitleIndex, type TitleIndex } from '../text/title-index.js';
import { filmCounts } from '../train/popularity.js';
import { describe, tellingPatterns } from './introductions.js';
import type { MeasuredData } from './runs.js';

/** What is understood of words; films are numbers of `titles`. */
export type Read = (said: SelfDescription, titles: TitleIndex) => Promise<Profile>;

const readLocally: Read = (said, titles) => Promise.resolve(profileOf(said, titles));

/** Read at once: a reader that asks somebody else has a few questions in flight. */
const TOGETHER = 4;

/** The same data and seed word the same. Errors: those of `introduced`. */
export async function coldTextData(data: MeasuredData, seed: number, read: Read = readLocally): Promise<Result<Cuts>> {
  const { interactions, texts } = data;
  const genres = texts.map((text) => [...new Set(text.genres.flatMap((name) => genreOf(name) ?? []))]);
  const all = coldTextCuts(interactions, (film) => genres[film]!, seed);
  const cuts = all.map((cut) => ({ ...cut, strangers: cut.strangers.filter(hasSomethingToSay) }));
  const words = wordsOfSummaries(texts.flatMap(({ summary }) => summary ?? []));
  const sayingOf = speaker(data, seed);
  const introductions = new Map<Stranger, Introduction>();
  for (const { train, strangers } of cuts) {
    const titles = titlesOf(data, train, words);
    for (let start = 0; start < strangers.length; start += TOGETHER) {
      const some = strangers.slice(start, start + TOGETHER);
      const saying = some.map(sayingOf);
      const profiles = await Promise.all(saying.map((said) => read(said, titles)));
      for (const [i, stranger] of some.entries()) {
        const text = [saying[i]!.likes, saying[i]!.dislikes].join('\n');
        introductions.set(stranger, { words: text, understood: understood(profiles[i]!) });
      }
    }
  }
  return introduced(cuts, (stranger) => introductions.get(stranger)!);
}

/** Who met one film speaks of none; of films without genres there is no favourite one. */
const hasSomethingToSay = ({ favouriteGenres }: Stranger): boolean => favouriteGenres.length > 0;

function speaker({ texts, users }: MeasuredData, seed: number): (stranger: Stranger) => SelfDescription {
  const patterns = tellingPatterns();
  return (stranger) => {
    const { age, gender } = users.get(stranger.user) ?? unknownUser;
    const words = describe(stranger, (film) => texts[film]!.title, patterns, seed);
    return { ...words, age, gender };
  };
}

/** As far as the training half knows how popular films are. */
function titlesOf({ films, texts }: MeasuredData, train: Interactions, words: Set<string>): TitleIndex {
  const popularity = filmCounts(train);
  const titled = texts.map(({ title }, film) => ({ title, year: films[film]!.year, popularity: popularity[film]! }));
  return createTitleIndex(titled, words);
}

/** What they name, for good or ill, they know. */
const understood = (profile: Profile): Understood => ({
  taste: tasteOf(profile),
  seen: [...profile.likedTitles, ...profile.dislikedTitles],
});

/** Gives a model of one fold the columns that strangers are answered by, as training does. */
export function coldFinish({ films, texts, users }: MeasuredData): (model: Model, train: Interactions) => Model {
  const years = films.map(({ year }) => year);
  return (model, train) => {
    const people = Array.from(train.users, (user) => users.get(user) ?? unknownUser);
    return learnCold(model, { interactions: train, texts, years, people });
  };
}
