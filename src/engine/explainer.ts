/** Answers one user like a batch of one, with titles, the history and the reasons, for people to read. */

import {
  ENCODER_CONSTANT,
  ENCODER_SUM,
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_LAMBDA,
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_USER,
  LANE_WEIGHTS,
  MODEL_ALPHA,
  MODEL_DIMENSIONS,
  MODEL_ENCODER,
  MODEL_ENCODER_DATA,
  MODEL_ID_BYTES,
  MODEL_ID_STARTS,
  MODEL_POSITION_OF,
  MODEL_ROWS,
  MODEL_ROW_OF,
  MODEL_STRIDE,
  STATUS_PERSONAL,
} from '../../assembly/layout.js';
import type { State } from '../store/state.js';
import type { Answerer } from './answerer.js';
import { foldInContributions, sumContributions } from './explain.js';
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
    const personal = views.u32[(slab + LANE_STATUS) >>> 2] === STATUS_PERSONAL;
    return { ...readHistory(task.user), items: personal ? explainItems(task) : [] };
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

  function explainItems(task: ExplainTask): ExplainedItem[] {
    const count = views.u32[(slab + LANE_TOP_COUNT) >>> 2]!;
    const rows = views.u32.slice((slab + LANE_TOP_ROWS) >>> 2, ((slab + LANE_TOP_ROWS) >>> 2) + count);
    const scores = views.f32.slice((slab + LANE_TOP_SCORES) >>> 2, ((slab + LANE_TOP_SCORES) >>> 2) + count);
    const reasons = reasonsFor(task.model, rows);
    return Array.from(rows, (row, i) => {
      const id = filmIdOf(views, task.model, row);
      const film = state.films.get(state.films.indexOf(id))!;
      return {
        id,
        title: film.title,
        year: film.year,
        genres: film.genres,
        score: scores[i]!,
        reasons: reasons[i] ?? [],
      };
    });
  }

  /** The strongest reasons for each row; none for a model whose vector does not come from the history. */
  function reasonsFor(model: number, rows: Uint32Array): Reason[][] {
    const { u32 } = views;
    const rowOf = u32[(model + MODEL_ROW_OF) >>> 2]! >>> 2;
    const at = (slab + LANE_HISTORY) >>> 2;
    const positions = Array.from(u32.subarray(at, at + u32[(slab + LANE_HISTORY_COUNT) >>> 2]!));
    return partsOf(model, positions, rows).map((contribution) =>
      [...contribution.keys()]
        .sort((a, b) => contribution[b]! - contribution[a]!)
        .slice(0, REASONS)
        .filter((j) => contribution[j]! > 0)
        .map((j) => {
          const id = filmIdOf(views, model, u32[rowOf + positions[j]!]!);
          return { id, title: state.films.get(state.films.indexOf(id))!.title, contribution: contribution[j]! };
        }),
    );
  }

  /** What the film at each position, of the history, adds to the score of each row. */
  function partsOf(model: number, positions: readonly number[], rows: Uint32Array): Float64Array[] {
    const { u32, f32, f64, buffer } = views;
    const encoder = u32[(model + MODEL_ENCODER) >>> 2]!;
    if (encoder === ENCODER_CONSTANT) return [];
    const d = u32[(model + MODEL_DIMENSIONS) >>> 2]!;
    const stride = u32[(model + MODEL_STRIDE) >>> 2]!;
    const vectorAt = (position: number): Float32Array =>
      new Float32Array(buffer, u32[(model + MODEL_ROWS) >>> 2]! + position * stride * 4, d);
    const positionOf = u32[(model + MODEL_POSITION_OF) >>> 2]! >>> 2;
    const items = Array.from(rows, (row) => vectorAt(u32[positionOf + row]!));
    const history = positions.map(vectorAt);
    const weights = f32.subarray((slab + LANE_WEIGHTS) >>> 2);
    const data = u32[(model + MODEL_ENCODER_DATA) >>> 2]!;
    if (encoder === ENCODER_SUM) {
      const factors = positions.map((position, j) => weights[j]! * f32[(data >>> 2) + position]!);
      return sumContributions(history, factors, items);
    }
    const alpha = f64[(model + MODEL_ALPHA) >>> 3]!;
    const lambda = f64[(slab + LANE_LAMBDA) >>> 3]!;
    const gram = new Float64Array(buffer, data, d);
    return foldInContributions({ d, gram, alpha, lambda, history, weights }, items);
  }

  return explain;
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function filmIdOf({ u32, u8 }: Views, model: number, row: number): string {
  const starts = (u32[(model + MODEL_ID_STARTS) >>> 2]! >>> 2) + row;
  const bytes = u32[(model + MODEL_ID_BYTES) >>> 2]!;
  return Buffer.from(u8.subarray(bytes + u32[starts]!, bytes + u32[starts + 1]!)).toString('utf8');
}
