/**
 * Which films and users are known. A line that names another one waits until the look-ups say whether it exists; what they say
 * joins the state, and the lines that waited are settled.
 */

import { waitForFilm, waitForUser, type PlacedLine } from '../../store/held.js';
import type { LookupKind } from '../../store/lookups.js';
import type { State } from '../../store/state.js';
import type { FilmRecord } from '../../world/film-record.js';
import type { UserRecord } from '../../world/user-record.js';
import type { LookupOutcome } from '../lookup-outcome.js';
import { isOutdated } from '../refetch.js';
import { FilmTable } from './film-table.js';
import type { HeldLines } from './held-lines.js';
import type { Verdicts } from './verdicts.js';

export interface KnownIdsParts {
  readonly state: State;
  readonly held: HeldLines;
  readonly verdicts: Verdicts;
  /** Whether a user API says which users exist; without one every well-formed user id is a user. */
  readonly asksUsers: boolean;
}

/** A record that cannot be read whole is asked for again so soon: the API may have been changed by mistake. */
const MISREAD_MS = 3_600_000;

const waitFor = (kind: LookupKind, id: string): string => (kind === 'film' ? waitForFilm(id) : waitForUser(Number(id)));

export class KnownIds {
  /** What lines name films by. */
  readonly films = new FilmTable();
  /** Asks anew for what was said not to exist. */
  asksAgain = false;
  readonly #parts: KnownIdsParts;

  constructor(parts: KnownIdsParts) {
    this.#parts = parts;
    for (const [index, { id, listing }] of parts.state.films.all())
      if (listing !== 'missing') this.films.add(id, index);
  }

  isUser(user: number): boolean {
    const { users, histories } = this.#parts.state;
    return !this.#parts.asksUsers || users.has(user) || histories.has(user);
  }

  /** Whether what lines wait for is known by now. */
  hasCome(what: string): boolean {
    const [kind, id] = what.split(' ') as [string, string];
    return kind === 'film' ? this.#parts.state.films.indexOf(id) >= 0 : this.isUser(Number(id));
  }

  /** The line names what is not known: it is held until that is, or rejected when it is known not to exist. */
  await(kind: LookupKind, id: string, line: PlacedLine, nowMs: number): void {
    const { state, held, verdicts } = this.#parts;
    if (this.asksAgain) state.lookups.forget(kind, id);
    if (state.lookups.isMissing(kind, id, nowMs)) {
      verdicts.reject(line, `${kind}-not-found`);
      return;
    }
    state.lookups.want(kind, id, nowMs);
    held.hold(line, `${kind}-unknown`, waitFor(kind, id));
  }

  /** Somebody was active whose profile may have changed since it was told. */
  refetch(user: number, nowMs: number): void {
    const { state, asksUsers } = this.#parts;
    if (!asksUsers || !isOutdated('user', state.users.get(user)?.lookedUpMs ?? 0, nowMs)) return;
    state.lookups.want('user', String(user), nowMs, 'again');
  }

  /** What an API said joins the state. Returns what lines waited for and need wait no longer. */
  settle(kind: LookupKind, { found, missing, violations }: LookupOutcome, nowMs: number): string[] {
    const misread = new Set(violations.map(({ id }) => id));
    for (const [id, record] of found) {
      const told = misread.has(id) ? filledFrom(this.#stored(kind, id), record) : record;
      if (kind === 'film') this.#addFilm(told as FilmRecord, nowMs);
      else this.#addUser(told as UserRecord, nowMs);
      if (misread.has(id)) this.#parts.state.lookups.want(kind, id, nowMs + MISREAD_MS, 'again');
    }
    for (const id of missing) {
      if (kind === 'film') this.#dropFilm(id);
      const { held, verdicts } = this.#parts;
      for (const line of held.waitingFor(waitFor(kind, id))) {
        held.release(line);
        verdicts.reject(line, `${kind}-not-found`);
      }
    }
    return Array.from(found.keys(), (id) => waitFor(kind, id));
  }

  #stored(kind: LookupKind, id: string): Readonly<Record<string, unknown>> | undefined {
    const { films, users } = this.#parts.state;
    return { ...(kind === 'film' ? films.get(films.indexOf(id)) : users.get(Number(id))) };
  }

  #addFilm(record: FilmRecord, nowMs: number): void {
    const index = this.#parts.state.films.put({ ...record, listing: 'listed', lookedUpMs: nowMs });
    this.films.add(record.id, index);
  }

  #addUser({ user, ...facts }: UserRecord, nowMs: number): void {
    this.#parts.state.users.put(user, { ...facts, lookedUpMs: nowMs });
  }

  /**
   * A film that the site does not have is never answered, and lines that name it are rejected. Of one that the site listed
   * before it must say so twice, at least an hour apart: an API that knows nothing for a while must not empty the catalogue.
   */
  #dropFilm(id: string): void {
    const { films, lookups } = this.#parts.state;
    const film = films.get(films.indexOf(id));
    if (film === undefined || (film.listing === 'listed' && lookups.timesMissing('film', id) < 2)) return;
    films.put({ ...film, listing: 'missing' });
    this.films.remove(id);
  }
}

/** What is known is not given up for what cannot be read. */
function filledFrom<R extends object>(known: Readonly<Record<string, unknown>> | undefined, record: R): R {
  const isMissing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
  const filled = Object.entries(record).map(([field, value]: [string, unknown]) => [
    field,
    isMissing(value) ? (known?.[field] ?? value) : value,
  ]);
  return Object.fromEntries(filled) as R;
}
