/** One user's answer for people: the rung that would answer, titles, and the reasons. */

import { succeed, type Result } from '../core/errors.js';
import type { Engine } from '../engine/engine.js';
import type { ExplainedAnswer } from '../serve/admin-answers.js';
import { assign } from '../serve/assign.js';
import type { State } from '../store/state.js';

/** A user without a personal answer gets the popular list, as over HTTP. Errors: pointer-unset, worker-died. */
export async function explainUser(engine: Engine, state: State, user: number): Promise<Result<ExplainedAnswer>> {
  const { arm, route } = assign(user);
  const explained = await engine.explain(route, user);
  if (!explained.ok) return explained;
  const { history, historyCount, items } = explained.value;
  const model = engine.residents.get(route.pointer)?.version ?? null;
  const common = { user, model, arm, history, historyCount };
  if (items.length > 0) return succeed({ ...common, tier: 'personal', items });

  const popular = await engine.popular(route.policy);
  if (!popular.ok) return popular;
  const films = popular.value.map((id) => state.films.get(state.films.indexOf(id))!);
  return succeed({
    ...common,
    tier: 'popular',
    items: films.map(({ id, title, year, genres }) => ({ id, title, year, genres, score: null, reasons: [] })),
  });
}
