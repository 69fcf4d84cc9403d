/** One user's answer for people: the rung that would answer, titles, and the reasons. */

import { succeed, type Result } from '../core/errors.js';
import type { Engine } from '../engine/engine.js';
import type { ExplainedAnswer } from '../serve/admin-answers.js';
import { assign } from '../serve/assign.js';
import type { RungList } from '../serve/ladder.js';
import type { State } from '../store/state.js';

export interface ExplainParts {
  readonly engine: Engine;
  readonly state: State;
  /** What answers where there is no personal list. */
  readonly lowerRung: () => RungList;
}

/** Errors: worker-died. */
export async function explainUser(parts: ExplainParts, user: number): Promise<Result<ExplainedAnswer>> {
  const { engine, state, lowerRung } = parts;
  const { arm, route } = assign(user);
  const explained = await engine.explain(route, user);
  if (!explained.ok && explained.error.code !== 'pointer-unset') return explained;
  const { history, historyCount, items } = explained.ok ? explained.value : { history: [], historyCount: 0, items: [] };
  const model = engine.residents.get(route.pointer)?.version ?? null;
  const common = { user, model, arm, history, historyCount };
  if (items.length > 0) return succeed({ ...common, tier: 'personal', items });

  const { tier, ids } = lowerRung();
  const films = ids.map((id) => state.films.get(state.films.indexOf(id))!);
  return succeed({
    ...common,
    tier,
    items: films.map(({ id, title, year, genres }) => ({ id, title, year, genres, score: null, reasons: [] })),
  });
}
