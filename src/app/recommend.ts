/** Composition of one answer without a server: the same engine, opened for a single question. */

import type { Config } from '../config/load.js';
import { fail, type Result } from '../core/errors.js';
import { createEngine } from '../engine/engine.js';
import { openRegistry } from '../registry/registry.js';
import type { ExplainedAnswer } from '../serve/admin-answers.js';
import { assign } from '../serve/assign.js';
import type { RungList } from '../serve/ladder.js';
import { openState } from '../store/state.js';
import { explainUser } from './explain.js';
import { stateFolderOf } from './folders.js';

/** Errors: data-missing, pointer-unset, those of a model that does not load. */
export async function recommendOnce(config: Config, user: number): Promise<Result<ExplainedAnswer>> {
  const stateFolder = stateFolderOf(config);
  const state = openState(stateFolder, { readOnly: true });
  if (!state.ok) return state;
  const registry = openRegistry(config.modelsDir, { readOnly: true });
  if (!registry.ok) {
    await state.value.close();
    return registry;
  }
  const engine = createEngine({
    ...{ registry: registry.value, stateFolder, modelsFolder: config.modelsDir },
    films: () => state.value.films.count(),
    workers: 1,
    deadlineMs: config.deadlineMs,
    pointers: ['current'],
  });
  try {
    await engine.residents.refresh();
    const refusal = engine.residents.refusal('current');
    if (refusal !== undefined) return { ok: false, error: refusal };
    if (engine.residents.get('current') === undefined) return noModel();
    const popular = await engine.popular(assign(user).route.policy);
    if (!popular.ok) return popular;
    const lowerRung = (): RungList => ({ tier: 'popular', ids: popular.value });
    return await explainUser({ engine, state: state.value, lowerRung }, user);
  } finally {
    await engine.close();
    await Promise.all([registry.value.close(), state.value.close()]);
  }
}

const noModel = (): Result<never> =>
  fail('pointer-unset', 'no model is current', {
    hint: 'Run `matinee train`, or `matinee models promote <id>` for one that is there.',
  });
