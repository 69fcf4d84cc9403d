/** Fills a lane of a slab from a user's stored history. */

import {
  HISTORY_MAX,
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_SEEN,
  LANE_SEEN_COUNT,
  LANE_STATUS,
  LANE_WEIGHTS,
  MODEL_FILMS,
  MODEL_FILM_TABLE,
  SEEN_MAX,
  STATUS_NO_HISTORY,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import type { HistoryView } from '../store/history-view.js';
import type { Views } from './views.js';

/**
 * Newest film first, so that the newest HISTORY_MAX make the vector. Films that the model does not know are left out: they can
 * neither be scored nor answered.
 */
export function fillLane(views: Views, model: number, lane: number, history: HistoryView | undefined): void {
  const { u32, i32, f32 } = views;
  const films = u32[(model + MODEL_FILMS) >>> 2]!;
  const table = u32[(model + MODEL_FILM_TABLE) >>> 2]! >>> 2;
  const seenAt = (lane + LANE_SEEN) >>> 2;
  const historyAt = (lane + LANE_HISTORY) >>> 2;
  const weightsAt = (lane + LANE_WEIGHTS) >>> 2;
  let seen = 0;
  let encoded = 0;
  if (history !== undefined) {
    for (let i = history.count - 1; i >= 0 && seen < SEEN_MAX; i--) {
      const film = history.film(i);
      const position = film < films ? i32[table + film]! : -1;
      if (position < 0) continue;
      u32[seenAt + seen++] = position;
      if (encoded === HISTORY_MAX) continue;
      u32[historyAt + encoded] = position;
      f32[weightsAt + encoded++] = 1;
    }
  }
  u32[(lane + LANE_SEEN_COUNT) >>> 2] = seen;
  u32[(lane + LANE_HISTORY_COUNT) >>> 2] = encoded;
  u32[(lane + LANE_STATUS) >>> 2] = encoded > 0 ? STATUS_WAITING : STATUS_NO_HISTORY;
}
