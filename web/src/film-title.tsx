/** A film's title with its year. */

interface FilmTitleProps {
  readonly film: { readonly title: string; readonly year: number | null };
}

export const FilmTitle = ({ film: { title, year } }: FilmTitleProps) => (
  <span class="title">
    {title}
    {year !== null && <span class="year"> {year}</span>}
  </span>
);
