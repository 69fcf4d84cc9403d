/** One user's answer for people: the rung that would answer, titles, and the reasons. */

import { succeed, type Result } from '../core/errors.js';
import type { Engine } from '../engine/engine.js';
import type { Explanation } from '../engine/protocol.js';
import type { ExplainedAnswer } from '../serve/admin-answers.js';
import { assign } from '../serve/assign.js';
import type { RungList } from '../serve/ladder.js';
import type { State } from '../store/state.js';

export interface ExplainParts {
  readonly engine: Engine;
  readonly state: State;
  /** What answers where the engine does not. */
  readonly lowerRung: () => RungList;
}

const nothing: Explanation = { tier: null, history: [], historyCount: 0, items: [] };

/** Errors: worker-died. */
export async function explainUser(parts: ExplainParts, user: number): Promise<Result<ExplainedAnswer>> {
  const { engine, state, lowerRung } = parts;
  const { arm, route } = assign(user);
  const explained = await engine.explain(route, user);
  if (!explained.ok && explained.error.code !== 'pointer-unset') return explained;
  const { tier, history, historyCount, items } = explained.ok ? explained.value : nothing;
  const resident = engine.residents.get(route.pointer);
  const served = { model: resident?.version ?? null, overlay: resident?.overlay ?? 0 };
  const common = { user, ...served, arm, history, historyCount };
  if (tier !== null && items.length > 0) return succeed({ ...common, tier, items });

  const { tier: lower, ids } = lowerRung();
  const films = ids.map((id) => state.films.get(state.films.indexOf(id))!);
  return succeed({
    ...common,
    tier: lower,
    items: films.map(({ id, title, year, genres }) => ({ id, title, year, genres, score: null, reasons: [] })),
  });
}
