/** What each viewer has watched lately, so that nobody is shown to pick the same film day after day. */

/** Films remembered of one viewer, and viewers remembered: of those who have not come for longest, the least is lost. */
const FILMS = 256;
const VIEWERS = 50_000;

export class Seen {
  readonly #films = new Map<number, number[]>();

  has(user: number, film: number): boolean {
    return this.#films.get(user)?.includes(film) === true;
  }

  add(user: number, film: number): void {
    const films = this.#films.get(user) ?? [];
    films.push(film);
    if (films.length > FILMS) films.shift();
    // Set anew, a viewer moves to the end of the order in which they are forgotten.
    this.#films.delete(user);
    this.#films.set(user, films);
    if (this.#films.size > VIEWERS) this.#films.delete(this.#films.keys().next().value!);
  }
}
