/** A planted drift: how the tastes of all viewers move to other films together, from not at all (0) to wholly (1). */

import { genreWeights } from '../catalogue/genres.js';
import type { Viewer } from './viewer.js';

/** Of what is usual today little is liked any more: rare genres come into fashion. */
const fashionable = genreWeights.map((weight) => (weight < 8 ? 1 : 0.1));
const FASHIONABLE_YEAR = 1975;

const between = (from: number, to: number, shift: number): number => from + (to - from) * shift;

/** Genres and era move towards the fashion, ideal points to the other side of the space of tones. */
export function moved(viewer: Viewer, shift: number): Viewer {
  if (shift === 0) return viewer;
  return {
    ...viewer,
    genres: viewer.genres.map((liking, genre) => between(liking, fashionable[genre]!, shift)),
    veto: shift < 0.5 ? viewer.veto : 0,
    ideals: viewer.ideals.map((ideal) => between(ideal, -ideal, shift)),
    year: between(viewer.year, FASHIONABLE_YEAR, shift),
  };
}
