/**
 * Finds the films that a text names: names read with a few mistakes, kept where something shows that a film is meant.
 */

import { areCapitalsTelling, isMeant, type Weighing } from './title-evidence.js';
import { everydayWords } from './plain-words.js';
import { standing } from './title-choice.js';
import { namesOf, type TitleName } from './title-names.js';
import { createTitleTrie, type Named, type Reading } from './title-trie.js';
import type { Token } from './tokens.js';

export interface TitledFilm {
  readonly title: string;
  readonly year: number | null;
  /** Any measure, larger for better known: decides between films of the same name. */
  readonly popularity: number;
}

export interface TitleMention {
  /** Index into the films that the index was made of. */
  readonly film: number;
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
}

export interface TitleIndex {
  /** In order of the text, none overlapping another. */
  find(tokens: readonly Token[]): TitleMention[];
}

/** Of all films so many are known well enough to be meant by an everyday word. */
const WELL_KNOWN_SHARE = 0.15;
/**
 * How many times as popular another film must be for its part of a title to be meant by a name that is all of a
 * title.
 */
const WHOLE_TITLE = 3;

/**
 * @param films in any order; a film's index is its number
 * @param plainWords words of the language, which a title must not be taken for (see wordsOfSummaries)
 */
export function createTitleIndex(films: readonly TitledFilm[], plainWords: ReadonlySet<string>): TitleIndex {
  const fame = ({ film, kind }: Named): number => films[film]!.popularity * (kind === 'title' ? WHOLE_TITLE : 1);
  const trie = createTitleTrie(
    namesOfAll(films),
    (word) => everydayWords.has(word) || plainWords.has(word),
    (a, b) => fame(b) - fame(a) || a.film - b.film,
  );
  const ranked = films.map(({ popularity }) => popularity).sort((a, b) => b - a);
  const wellKnown = ranked[Math.floor(ranked.length * WELL_KNOWN_SHARE)] ?? 0;

  /** The film of that year; else the better known, a whole title counting more than a part of one. */
  function filmOf(named: readonly Named[], year: number | null): number {
    if (year === null) return named[0]!.film;
    const ofYear = named.find(({ film }) => Math.abs((films[film]!.year ?? Infinity) - year) <= 1);
    return (ofYear ?? named[0]!).film;
  }

  return {
    find(tokens) {
      const weighing: Weighing = {
        tokens,
        capitalsTell: areCapitalsTelling(tokens),
        plainWords,
        isWellKnown: (reading) => films[filmOf(reading.named, null)]!.popularity >= wellKnown,
      };
      return standing(trie.readings(tokens), tokens, (reading, isListed) => isMeant(reading, weighing, isListed))
        .map((reading) => ({
          film: filmOf(reading.named, yearBehind(tokens, reading)),
          from: reading.from,
          to: reading.to,
        }))
        .sort((a, b) => a.from - b.from);
    },
  };
}

function* namesOfAll(films: readonly TitledFilm[]): Generator<readonly [number, TitleName]> {
  const series = new Map<string, Set<string>>();
  for (const [film, { title }] of films.entries()) {
    for (const name of namesOf(title)) yield [film, name];
    const hero = heroOf(title);
    if (hero !== undefined) series.set(hero, (series.get(hero) ?? new Set()).add(title));
  }
  for (const [film, { title }] of films.entries()) {
    const hero = heroOf(title);
    if (hero === undefined || series.get(hero)!.size < 2) continue;
    for (const { words } of namesOf(hero)) yield [film, { kind: 'part', words }];
  }
}

/** `Harry Potter` of `Harry Potter and the …`: what people call a series by, once two titles begin with it. */
const heroOf = (title: string): string | undefined => /^(\S+ \S+(?: \S+)?) and the /iu.exec(title)?.[1];

/** `Heat (1995)`, `the heat from 1995`. */
function yearBehind(tokens: readonly Token[], { to }: Reading): number | null {
  const [next, afterNext] = [tokens[to]?.word ?? '', tokens[to + 1]?.word ?? ''];
  const year = ['from', 'of', 'in'].includes(next) ? afterNext : next;
  return /^(19|20)\d\d$/.test(year) ? Number(year) : null;
}
