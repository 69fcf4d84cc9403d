/** How one viewer fills the blanks of a frame: in their own words for genres, titles, age and fame. */

import type { Random } from '../../../core/random.js';
import { oneOf } from '../../mix.js';
import type { SelfImage } from '../self-image.js';
import { listed, type Speaker } from './frame.js';
import { wordGenres } from './genre-words.js';

interface Viewer {
  readonly image: SelfImage;
  readonly draws: Random;
  /** What stands before and behind a title. */
  readonly quote: string;
  readonly dropsArticle: boolean;
}

const eras = {
  old: ['older films', 'old movies', 'the classics', 'old classics', 'vintage films', 'films from way back'],
  recent: ['recent films', 'newer movies', 'new releases', 'the latest films', 'modern movies', 'recent stuff'],
} as const;
const popular = [
  ...['popular movies', 'popular films', 'popular ones', 'well-known films', 'the big hits', 'blockbusters'],
  ...['mainstream movies', 'the famous ones', 'films everybody talks about', 'box office hits'],
];
const quotes = ['', '', '', "'", "'", '"'];
const ARTICLE_DROPPED_SHARE = 0.15;

/** Nobody says the other titles that a catalogue adds in brackets. */
function titles(names: readonly string[], join: string, { quote, dropsArticle }: Viewer): string {
  const spoken = names.map((name) => {
    const bracket = name.indexOf(' (');
    const main = bracket > 0 ? name.slice(0, bracket) : name;
    return quote + (dropsArticle && main.startsWith('The ') ? main.slice(4) : main) + quote;
  });
  return listed(spoken, join);
}

const words: Readonly<Record<string, (viewer: Viewer, join: string) => string>> = {
  likes: ({ image, draws }, join) => listed(wordGenres(image.likedGenres, 'alone', draws), join),
  liked: ({ image, draws }, join) => listed(wordGenres(image.likedGenres, 'before', draws), join),
  dislikes: ({ image, draws }, join) => listed(wordGenres(image.dislikedGenres, 'alone', draws), join),
  disliked: ({ image, draws }, join) => listed(wordGenres(image.dislikedGenres, 'before', draws), join),
  favourites: (viewer, join) => titles(viewer.image.likedTitles, join, viewer),
  favourite: (viewer, join) => titles(viewer.image.likedTitles.slice(0, 1), join, viewer),
  flops: (viewer, join) => titles(viewer.image.dislikedTitles, join, viewer),
  flop: (viewer, join) => titles(viewer.image.dislikedTitles.slice(0, 1), join, viewer),
  era: ({ image, draws }) => (image.era === null ? '' : oneOf(draws, eras[image.era])),
  popular: ({ draws }) => oneOf(draws, popular),
};

const known: Readonly<Record<string, (image: SelfImage) => boolean>> = {
  likes: (image) => image.likedGenres.length > 0,
  liked: (image) => image.likedGenres.length > 0,
  dislikes: (image) => image.dislikedGenres.length > 0,
  disliked: (image) => image.dislikedGenres.length > 0,
  favourites: (image) => image.likedTitles.length > 0,
  favourite: (image) => image.likedTitles.length > 0,
  flops: (image) => image.dislikedTitles.length > 0,
  flop: (image) => image.dislikedTitles.length > 0,
  era: (image) => image.era !== null,
  popular: (image) => image.likesPopular,
  old: (image) => image.era === 'old',
  recent: (image) => image.era === 'recent',
};

/** The quotation marks and articles of titles are a habit, the words for genres are chosen anew each time. */
export function createSpeaker(image: SelfImage, draws: Random): Speaker {
  const quote = oneOf(draws, quotes);
  const viewer: Viewer = { image, draws, quote, dropsArticle: draws.uniform() < ARTICLE_DROPPED_SHARE };
  return {
    knows: (fact) => known[fact]!(image),
    words: (fact, join) => words[fact]!(viewer, join),
  };
}
