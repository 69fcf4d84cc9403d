/** The bundled data as cold answers need it: interactions, films by their dense number, titles, texts. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledData } from '../../src/app/import.js';
import type { ColdFilm } from '../../src/cold/film-columns.js';
import { unwrap } from '../../src/core/errors.js';
import { readInteractions, type Interactions } from '../../src/dataset/interactions.js';
import { importFiles } from '../../src/ingest/import/import.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { openState } from '../../src/store/state.js';
import { genreOf } from '../../src/text/genres.js';
import { wordsOfSummaries } from '../../src/text/plain-words.js';
import { learnTextEncoder, textOfFilm, type TextEncoder } from '../../src/text/text-encoder.js';
import { createTitleIndex, type TitleIndex } from '../../src/text/title-index.js';

export interface ColdData {
  readonly interactions: Interactions;
  /** By dense film. */
  readonly films: readonly (ColdFilm & { readonly title: string })[];
  readonly titles: TitleIndex;
  readonly encoder: TextEncoder;
}

const TEXT_DIMENSIONS = 64;

/** Nothing of it but the interactions depends on users; those of test users are cut out later. */
export async function coldData(): Promise<ColdData> {
  const interactions = await readBundled();
  const known = new Map(bundledCatalogue().map((film) => [film.id, film]));
  const films = interactions.films.map((id) => {
    const { title, year, genres, summary = null, ratings = 0 } = known.get(id)!;
    return {
      title,
      year,
      genres: [...new Set(genres.flatMap((name) => genreOf(name) ?? []))],
      summary,
      popularity: ratings,
    };
  });
  const documents = films.map(textOfFilm);
  const encoder = learnTextEncoder(documents, TEXT_DIMENSIONS, 1);
  return {
    interactions,
    films: films.map(({ title, year, genres }, film) => ({
      title,
      year,
      genres,
      text: encoder.encode(documents[film]!),
    })),
    titles: createTitleIndex(films, wordsOfSummaries(films.flatMap(({ summary }) => summary ?? []))),
    encoder,
  };
}

async function readBundled(): Promise<Interactions> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const state = unwrap(openState(folder));
  try {
    unwrap(await importFiles(state, { files: [bundledData] }, () => undefined));
    return readInteractions(state);
  } finally {
    await state.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
