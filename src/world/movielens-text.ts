/** What MovieLens prints: `Postman, The (Postino, Il) (1994)` is The Postman of 1994, `Comedy|Drama` are its genres. */

const YEAR = /\((\d{4})(?:[-–]\d{0,4})?\)$/;
const ALTERNATIVE = / *\([^()]*\)$/;
const ARTICLE =
  /^(.*), (The|An?|Les?|La|L'|Une?|El|Los|Las|Il|Lo|Gli|I|Der|Die|Das|Den|Det|De|Het|En|Ett|Et|O|Os|As)$/i;

/** The year is that of the last bracket, null without one; alternative titles in brackets before it are dropped. */
export function parseMovieLensTitle(text: string): { readonly title: string; readonly year: number | null } {
  const year = YEAR.exec(text.trim());
  const named = (year === null ? text : text.trim().slice(0, year.index)).trim();
  const title = withoutAlternatives(named);
  const article = ARTICLE.exec(title);
  return { title: article === null ? title : withArticle(article), year: year === null ? null : Number(year[1]) };
}

/** A title that is nothing but brackets keeps them. */
function withoutAlternatives(title: string): string {
  const shorter = title.replace(ALTERNATIVE, '');
  return shorter === title || shorter === '' ? title : withoutAlternatives(shorter);
}

const withArticle = ([, rest, article]: RegExpExecArray): string =>
  article!.endsWith("'") ? `${article}${rest}` : `${article} ${rest}`;

export const parseMovieLensGenres = (text: string): string[] =>
  text === '' || text === '(no genres listed)' ? [] : text.split('|');
