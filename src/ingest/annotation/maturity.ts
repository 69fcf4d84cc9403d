/** The words for whom a film is: our own classes, and the ratings of the Motion Picture Association. */

import { maturityClasses, type Maturity, type MaturityClass } from '../../store/films.js';

const associationRatings: Readonly<Record<string, MaturityClass>> = {
  G: 'all',
  PG: 'all',
  'PG-13': 'teen',
  R: 'adult',
  'NC-17': 'adult',
};

/** Undefined for any other word. Nobody is the source of not knowing. */
export function maturityOf(word: string, source: string): Maturity | undefined {
  const trimmed = word.trim();
  const named = maturityClasses.find((name) => name === trimmed.toLowerCase());
  const found = named ?? associationRatings[trimmed.toUpperCase()];
  return found && { class: found, source: found === 'unknown' ? '' : source };
}
