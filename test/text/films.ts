/** A small catalogue with the titles that are hard to find. */

import { createTitleIndex, type TitledFilm } from '../../src/text/title-index.js';
import { tokensOf } from '../../src/text/tokens.js';

const film = (title: string, year: number, popularity: number): TitledFilm => ({ title, year, popularity });

export const films: readonly TitledFilm[] = [
  film('The Matrix', 1999, 500),
  film('Heat', 1995, 300),
  film('Heat', 1986, 5),
  film('It', 1990, 40),
  film('Up', 2009, 300),
  film('Star Wars: Episode IV - A New Hope', 1977, 600),
  film('The Godfather', 1972, 500),
  film('The Godfather: Part II', 1974, 400),
  film('Terminator 2: Judgment Day', 1991, 450),
  film('Rocky V', 1990, 50),
  film('Seven', 1995, 400),
  film('L.A. Confidential', 1997, 350),
  film("Schindler's List", 1993, 480),
  film('Amélie', 2001, 300),
  film('Alien', 1979, 350),
  film('Aliens', 1986, 330),
  film('Spider-Man', 2002, 250),
  film('Harry Potter and the Chamber of Secrets', 2002, 200),
  film("Harry Potter and the Sorcerer's Stone", 2001, 220),
  film('The Lord of the Rings', 1978, 40),
  film('The Lord of the Rings: The Fellowship of the Ring', 2001, 400),
  film('Goodfellas', 1990, 400),
  film('Never Been Kissed', 1999, 120),
  film('The Game', 1997, 400),
  film('Scary Movie', 2000, 140),
  film('Love Story', 1970, 60),
  film('Mystery Science Theater 3000: The Movie', 1996, 30),
  film('Jaws', 1975, 400),
  film('Jaws 2', 1978, 60),
  film('Match Point', 2005, 60),
  ...Array.from({ length: 86 }, (_, i) => film(`Nowhere Yonder ${100 + i}`, 2000, 1)),
];

/** As if learned from summaries. */
const plain = new Set(['heat', 'alien', 'aliens', 'paint', 'match', 'chamber', 'list', 'ring', 'rings']);
export const titles = createTitleIndex(films, plain);

/** `title year` of each mention, in order. */
export const namedIn = (text: string): string[] =>
  titles.find(tokensOf(text)).map(({ film: number }) => `${films[number]!.title} ${films[number]!.year}`);
