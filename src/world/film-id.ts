/** Film ids in the customer's spelling: `Amélie`, 2001 → `amlie+2001`. */

export const FILM_ID_BYTES_MAX = 255;

/**
 * The id the site would give a film. Lower case; a comma becomes `_`; blanks become `+`; of the rest only `a-z 0-9 . - _ *`
 * stay, so an accent takes its letter with it; then `+` and the year, or nothing after the `+`. Very long titles are cut.
 */
export function filmIdFor(title: string, year: number | null): string {
  const words = title
    .toLowerCase()
    .replaceAll(',', '_')
    .replace(/[^a-z0-9._* -]/g, '')
    .replaceAll(' ', '+');
  const suffix = `+${year ?? ''}`;
  return words.slice(0, FILM_ID_BYTES_MAX - suffix.length) + suffix;
}

/** Characters and length only: which ids exist, the catalogue decides. All are ASCII, so characters are bytes. */
export const isFilmId = (text: string): boolean => text.length <= FILM_ID_BYTES_MAX && /^[a-z0-9+._*'-]+$/.test(text);

/** The best guess at a film of which nothing but the id is known: `the+matrix+1999` → `The Matrix`, 1999. */
export function filmFromId(id: string): { readonly title: string; readonly year: number | null } {
  const match = /^(.*)\+(\d{4})$/.exec(id);
  const words = match?.[1] ?? id;
  const title = words
    .replace(/\++/g, ' ')
    .trim()
    .replace(/(^|[ -])[a-z]/g, (start) => start.toUpperCase())
    .replaceAll('_', ',');
  return { title: title === '' ? id : title, year: match?.[2] === undefined ? null : Number(match[2]) };
}
