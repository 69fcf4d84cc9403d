/** Builds the next overlay of a version: rows for the films that the site lists and that the version does not know. */

import { newFilmRows, type MetFilm, type TrainedFilm } from '../cold/new-films.js';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { Registry } from '../registry/registry.js';
import type { Film } from '../store/films.js';
import { openState, type State } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { versionNamed, withRegistry } from './models.js';

export interface BuiltOverlay {
  readonly version: string;
  /** 0: the version has none, because it knows all films, or because everybody has the same list in it. */
  readonly number: number;
  /** New films in it. */
  readonly films: readonly string[];
  /** Films of the state that it was made of. */
  readonly stateFilms: number;
}

/** `name` is an id, or a pointer's. Errors: those of opening state and registry, of `versionNamed`, and of `buildOverlay`. */
export async function buildOverlayNow(config: Config, name: string): Promise<Result<BuiltOverlay>> {
  const state = openState(stateFolderOf(config), { readOnly: true });
  if (!state.ok) return state;
  try {
    return await withRegistry(config, false, (registry) => {
      const id = versionNamed(registry, name);
      return id.ok ? buildOverlay(registry, state.value, id.value) : id;
    });
  } finally {
    await state.value.close();
  }
}

/** The same films with the same facts give the same overlay. Errors: those of `load` and `writeOverlay`. */
export function buildOverlay(registry: Registry, state: State, version: string): Result<BuiltOverlay> {
  const model = registry.load(version);
  if (!model.ok) return model;
  const stateFilms = state.films.count();
  const nothing = { version, number: 0, films: [], stateFilms };
  if (model.value.encoder.type === 'constant') return succeed(nothing);

  const met = state.viewers.counts(stateFilms);
  const rowOf = new Map(model.value.filmIds.map((id, row) => [id, row]));
  const known: TrainedFilm[] = model.value.filmIds.map(() => unknown);
  const fresh: (MetFilm & { readonly id: string })[] = [];
  for (const [index, film] of state.films.all()) {
    const row = rowOf.get(film.id);
    const about = aboutFilm(film, met[index]!);
    if (row !== undefined) known[row] = about;
    else if (film.listing === 'listed') fresh.push({ ...about, id: film.id });
  }
  if (fresh.length === 0) return succeed(nothing);
  const filmIds = fresh.map(({ id }) => id);
  const rows = newFilmRows(model.value, known, fresh);
  const created = new Date().toISOString();
  const written = registry.writeOverlay(version, { created, films: stateFilms, filmIds, ...rows });
  return written.ok ? succeed({ version, number: written.value, films: filmIds, stateFilms }) : written;
}

/** The state does not have it. */
const unknown: TrainedFilm = { title: '', genres: [], summary: null, year: null, met: null };

const aboutFilm = ({ title, genres, overview, year }: Film, met: number): MetFilm => ({
  ...{ title, genres, summary: overview, year, met },
});
