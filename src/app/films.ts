/** Composition of the work on the catalogue: the state, opened for writing, and what people know of films. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/load.js';
import { fail, type Result } from '../core/errors.js';
import { annotateFilms, type AnnotationReport } from '../ingest/annotation/annotate-films.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';

/** Errors: data-missing, file-unreadable, format-invalid. */
export async function annotateInto(config: Config, path: string): Promise<Result<AnnotationReport>> {
  const folder = stateFolderOf(config);
  if (!existsSync(join(folder, 'data.mdb'))) {
    return fail('data-missing', `there is no state in ${folder}`, {
      hint: 'Only films of the catalogue can be annotated: run `matinee import` or `matinee ingest` first.',
    });
  }
  const state = openState(folder);
  if (!state.ok) return state;
  try {
    return await annotateFilms(state.value, path);
  } finally {
    await state.value.close();
  }
}
