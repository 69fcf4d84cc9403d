/** Composition of the protocol `cold-text`: strangers introduce themselves, the service's own parser reads them. */

import { learnCold } from '../cold/cold-model.js';
import { tasteOf } from '../cold/taste.js';
import type { Result } from '../core/errors.js';
import { unknownUser } from '../dataset/facts.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Stranger as Understood } from '../engine/strangers.js';
import { coldTextCuts } from '../evaluate/protocols/cold-text.js';
import { introduced } from '../evaluate/protocols/introduced.js';
import type { Cuts } from '../evaluate/protocols/protocol.js';
import type { Model } from '../registry/model.js';
import { genreOf } from '../text/genres.js';
import { wordsOfSummaries } from '../text/plain-words.js';
import { profileOf, type Profile, type SelfDescription } from '../text/profile.js';
import { createTitleIndex, type TitleIndex } from '../text/title-index.js';
import { filmCounts } from '../train/popularity.js';
import { describe, tellingPatterns } from './introductions.js';
import type { MeasuredData } from './runs.js';

/** Errors: those of `introduced`. */
export function coldTextData({ interactions, films, texts, users }: MeasuredData, seed: number): Result<Cuts> {
  const genres = texts.map((text) => [...new Set(text.genres.flatMap((name) => genreOf(name) ?? []))]);
  const words = wordsOfSummaries(texts.flatMap(({ summary }) => summary ?? []));
  /** As far as the training half knows how popular films are. */
  const titlesOf = (train: Interactions): TitleIndex => {
    const popularity = filmCounts(train);
    return createTitleIndex(
      texts.map(({ title }, film) => ({ title, year: films[film]!.year, popularity: popularity[film]! })),
      words,
    );
  };
  const patterns = tellingPatterns();
  const indexes = new Map<Interactions, TitleIndex>();
  return introduced(
    coldTextCuts(interactions, (film) => genres[film]!, seed),
    (stranger, train) => {
      const titles = indexes.get(train) ?? titlesOf(train);
      indexes.set(train, titles);
      const { age, gender } = users.get(stranger.user) ?? unknownUser;
      const said: SelfDescription = {
        ...describe(stranger, (film) => texts[film]!.title, patterns, seed),
        ...{ age, gender, occupation: null },
      };
      return { words: [said.likes, said.dislikes].join('\n'), understood: understood(profileOf(said, titles)) };
    },
  );
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
