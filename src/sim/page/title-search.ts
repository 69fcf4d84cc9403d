/** Finds films by words of their titles. */

import type { Films } from '../catalogue/films.js';

/** As the site spells ids: without accents and most signs. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[-+_.*\s]+/g, ' ')
    .replace(/[^a-z0-9 ]/g, '');

/** @returns a function from what somebody typed to at most `limit` films of the first `available`, most popular first */
export function createTitleSearch(films: Films): (typed: string, available: number, limit: number) => number[] {
  const titles = films.ids.map((id) => ` ${plain(id)} `);
  return (typed, available, limit) => {
    // The last word may not be typed to its end.
    const words = plain(typed)
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ` ${word}`);
    if (words.length === 0) return [];
    const found: number[] = [];
    for (let film = 0; film < available; film++) {
      if (words.every((word) => titles[film]!.includes(word))) found.push(film);
    }
    return found.sort((a, b) => films.popularity(b) - films.popularity(a)).slice(0, limit);
  };
}
