/** The most popular films of a stream so far, kept in order as it goes: no list is ever sorted. */

export interface Shortlist {
  /** One more interaction with the film. */
  add(film: number): void;
  /** Place of the film, from 0 for the most popular; Infinity beyond the list's end. */
  place(film: number): number;
}

/** The newest interaction weighs most; before it outgrows a double, everything is made smaller. */
const weightMax = 2 ** 500;

/**
 * An interaction counts 2^(−age / halfLife), its age in interactions; Infinity: all count alike. Since all ages grow
 * alike, a film overtakes another only by an interaction of its own, so what is beyond the end stays there until then.
 * Of equally popular films the one that was so first comes first.
 * @param length places there are
 */
export function createShortlist(films: number, length: number, halfLife: number): Shortlist {
  const score = new Float64Array(films);
  const order = new Int32Array(length);
  const places = new Float64Array(films).fill(Infinity);
  const growth = 2 ** (1 / halfLife);
  let weight = 1;
  let filled = 0;

  const count = (film: number): void => {
    score[film]! += weight;
    weight *= growth;
    if (weight < weightMax) return;
    for (let other = 0; other < films; other++) score[other]! /= weight;
    weight = 1;
  };

  /** Puts the film at the end of the list, if it earns a place there. */
  const enter = (film: number): void => {
    if (filled < length) {
      order[filled] = film;
      places[film] = filled++;
      return;
    }
    const last = order[length - 1]!;
    if (score[film]! <= score[last]!) return;
    places[last] = Infinity;
    order[length - 1] = film;
    places[film] = length - 1;
  };

  return {
    add: (film) => {
      count(film);
      if (places[film] === Infinity) enter(film);
      if (places[film] === Infinity) return;
      let at = places[film]!;
      for (; at > 0 && score[order[at - 1]!]! < score[film]!; at--) {
        order[at] = order[at - 1]!;
        places[order[at]!] = at;
      }
      order[at] = film;
      places[film] = at;
    },
    place: (film) => places[film]!,
  };
}
