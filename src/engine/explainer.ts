/** Answers one user like a batch of one, with titles, the history and the reasons, for people to read. */

import {
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_USER,
  MODEL_ID_BYTES,
  MODEL_ID_STARTS,
  STATUS_COLD,
  STATUS_PERSONAL,
} from '../../assembly/layout.js';
import type { ScoredTier } from '../core/channels.js';
import type { State } from '../store/state.js';
import type { Answerer } from './answerer.js';
import { historyEvidence, strangerEvidence, type Evidence } from './evidence.js';
import { policyNamed } from './policy.js';
import type { Explanation, ExplainTask, ExplainedItem, HistoryItem, Reason, Workbench } from './protocol.js';
import { viewsOf, type Views } from './views.js';

export type Explainer = (task: ExplainTask) => Explanation;

const REASONS = 3;
const HISTORY_SHOWN = 100;

export function createExplainer({ memory, slab }: Workbench, state: State, answer: Answerer): Explainer {
  let views = viewsOf(memory);

  function explain(task: ExplainTask): Explanation {
    views = viewsOf(memory, views);
    views.f64[(slab + LANE_USER) >>> 3] = task.user;
    answer({ model: task.model, view: task.view, policy: policyNamed(task.policy), count: 1 });
    const tier = tierOf(views.u32[(slab + LANE_STATUS) >>> 2]!);
    return { ...readHistory(task.user), tier, items: tier === null ? [] : explainItems(task, tier) };
  }

  function readHistory(user: number): Pick<Explanation, 'history' | 'historyCount'> {
    const history: HistoryItem[] = [];
    const stored = state.histories.read(user);
    if (stored === undefined) return { history, historyCount: 0 };
    // Decoded before the catalogue is read: the next read reuses the buffer.
    const entries = Array.from({ length: Math.min(stored.count, HISTORY_SHOWN) }, (_, i) => {
      const at = stored.count - 1 - i;
      return {
        film: stored.film(at),
        rating: stored.rating(at),
        minutes: stored.minutes(at),
        lastMs: stored.lastMs(at),
      };
    });
    for (const { film, rating, minutes, lastMs } of entries) {
      const { id, title, year } = state.films.get(film)!;
      history.push({ id, title, year, rating: orNull(rating), minutes: orNull(minutes), lastMs });
    }
    return { history, historyCount: stored.count };
  }

  function explainItems({ model }: ExplainTask, tier: ScoredTier): ExplainedItem[] {
    const count = views.u32[(slab + LANE_TOP_COUNT) >>> 2]!;
    const rows = views.u32.slice((slab + LANE_TOP_ROWS) >>> 2, ((slab + LANE_TOP_ROWS) >>> 2) + count);
    const scores = views.f32.slice((slab + LANE_TOP_SCORES) >>> 2, ((slab + LANE_TOP_SCORES) >>> 2) + count);
    const evidenceOf = tier === 'personal' ? historyEvidence : strangerEvidence;
    const evidence = evidenceOf(views, { model, lane: slab }, rows);
    return Array.from(rows, (row, i) => {
      const id = filmIdOf(views, model, row);
      const film = state.films.get(state.films.indexOf(id))!;
      return {
        id,
        title: film.title,
        year: film.year,
        genres: film.genres,
        score: scores[i]!,
        reasons: reasonsFor(model, evidence, i),
      };
    });
  }

  /** The strongest of what speaks for the i-th film, popularity behind all else. */
  function reasonsFor(model: number, evidence: readonly Evidence[], i: number): Reason[] {
    return evidence
      .filter(({ adds }) => adds[i]! > 0)
      .sort((a, b) => isCommon(a) - isCommon(b) || b.adds[i]! - a.adds[i]!)
      .slice(0, REASONS)
      .map(({ kind, row, name, adds }) => {
        const contribution = adds[i]!;
        if (row < 0) return { kind, id: null, title: name, contribution };
        const id = filmIdOf(views, model, row);
        return { kind, id, title: state.films.get(state.films.indexOf(id))!.title, contribution };
      });
  }

  return explain;
}

/** What speaks for a film with everybody says least about this user: it stands last. */
const isCommon = ({ kind }: Evidence): number => Number(kind === 'popularity');

const tierOf = (status: number): ScoredTier | null =>
  status === STATUS_PERSONAL ? 'personal' : status === STATUS_COLD ? 'cold' : null;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function filmIdOf({ u32, u8 }: Views, model: number, row: number): string {
  const starts = (u32[(model + MODEL_ID_STARTS) >>> 2]! >>> 2) + row;
  const bytes = u32[(model + MODEL_ID_BYTES) >>> 2]!;
  return Buffer.from(u8.subarray(bytes + u32[starts]!, bytes + u32[starts + 1]!)).toString('utf8');
}
