/** The films of one import, numbered as they appear; they get their state index when they are saved. */

import type { FilmFacts, Films } from '../../store/films.js';
import { filmFromId } from '../../world/film-id.js';

export class ImportedFilms {
  readonly #numbers = new Map<string, number>();
  /** A film, or the id of one about which the files say nothing else. */
  readonly #films: (FilmFacts | string)[] = [];
  readonly #stateIndexes: number[] = [];

  /** A film with title, year and genres, as a films file gives it. */
  add(film: FilmFacts): void {
    this.#append(film.id, film);
  }

  numberOf(id: string): number {
    return this.#numbers.get(id) ?? this.#append(id, id);
  }

  /**
   * Writes what was not saved yet; runs inside the transaction that writes the histories. A film of which only the id is
   * known joins the catalogue with a guessed title, and never overwrites what the catalogue holds.
   */
  save(catalogue: Films): void {
    for (const film of this.#films.slice(this.#stateIndexes.length)) {
      this.#stateIndexes.push(typeof film === 'string' ? indexOrGuess(catalogue, film) : catalogue.put(film));
    }
  }

  stateIndex(number: number): number {
    return this.#stateIndexes[number]!;
  }

  #append(id: string, film: FilmFacts | string): number {
    const number = this.#films.push(film) - 1;
    this.#numbers.set(id, number);
    return number;
  }
}

function indexOrGuess(catalogue: Films, id: string): number {
  const index = catalogue.indexOf(id);
  return index >= 0 ? index : catalogue.put({ id, ...filmFromId(id), genres: [], listing: 'unverified' });
}
