/** What of a film decides who enjoys it, beside its genres and year: its tone, and how well it is made. */

import type { Films } from '../catalogue/films.js';
import { genreNames } from '../catalogue/genres.js';
import { drawsOf } from '../mix.js';

/** The hidden space of tones: such as dark to light, slow to fast, plain to strange. */
export const TONES = 3;
const UNKNOWN_YEAR = 1995;

export interface FilmTraits {
  /** Bit g stands for the genre g of `genreNames`. */
  readonly genres: Int32Array;
  readonly year: Int32Array;
  /** films × TONES. */
  readonly tones: Float64Array;
  /** 0 … 1. */
  readonly quality: Float64Array;
  /** What quality becomes when tastes have moved: 0 … 1, of nothing of the above. */
  readonly otherQuality: Float64Array;
  /** 0 … 1: the share of the catalogue that is watched less. */
  readonly popularity: Float64Array;
}

/** Genres × TONES: films of the same genre have something in common. */
export function genreTones(seed: number): Float64Array {
  const draws = drawsOf(seed, 'tone');
  return Float64Array.from({ length: genreNames.length * TONES }, () => 0.8 * draws.normal());
}

export function filmTraits(
  seed: number,
  films: Films,
  popularity: (film: number) => number,
  ofGenres = genreTones(seed),
): FilmTraits {
  const count = films.ids.length;
  const traits = {
    genres: new Int32Array(count),
    year: new Int32Array(count),
    tones: new Float64Array(count * TONES),
    quality: new Float64Array(count),
    otherQuality: new Float64Array(count),
    popularity: Float64Array.from({ length: count }, (_, film) => popularity(film)),
  };
  for (let film = 0; film < count; film++) {
    const draws = drawsOf(seed, 'tone', film + 1);
    const { genres, year } = films.film(film);
    const numbers = genres.map((genre) => genreNames.indexOf(genre));
    traits.genres[film] = numbers.reduce((bits, genre) => bits | (1 << genre), 0);
    traits.year[film] = year ?? UNKNOWN_YEAR;
    for (let tone = 0; tone < TONES; tone++) {
      const usual =
        numbers.reduce((sum, genre) => sum + ofGenres[genre * TONES + tone]!, 0) / Math.max(1, numbers.length);
      traits.tones[film * TONES + tone] = usual + 0.8 * draws.normal();
    }
    traits.quality[film] = qualityOf(draws.normal(), traits.popularity[film]!);
    traits.otherQuality[film] = qualityOf(draws.normal(), 0.5);
  }
  return traits;
}

/** Good films find their viewers, more often than not. */
const qualityOf = (normal: number, popularity: number): number =>
  Math.min(1, Math.max(0, 0.42 + 0.22 * popularity + 0.15 * normal));
