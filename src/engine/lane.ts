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
  MODEL_FLOOR,
  MODEL_RATING_HIGH,
  MODEL_RECENCY,
  MODEL_RUNTIMES,
  SEEN_MAX,
  STATUS_NO_HISTORY,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import { preferenceOf, weightOf } from '../dataset/weight.js';
import type { HistoryView } from '../store/history-view.js';
import type { Views } from './views.js';

/**
 * Newest film first, so that the newest HISTORY_MAX make the vector. Films that the model does not know are left out: they can
 * neither be scored nor answered. Films that weigh nothing make no part of the vector, but are seen. Neither kind ages the
 * others.
 */
export function fillLane(views: Views, model: number, lane: number, history: HistoryView | undefined): void {
  const { u32, i32, f32, f64 } = views;
  const films = u32[(model + MODEL_FILMS) >>> 2]!;
  const table = u32[(model + MODEL_FILM_TABLE) >>> 2]! >>> 2;
  const runtimes = u32[(model + MODEL_RUNTIMES) >>> 2]! >>> 3;
  const floor = f64[(model + MODEL_FLOOR) >>> 3]!;
  const ratingHigh = f64[(model + MODEL_RATING_HIGH) >>> 3]!;
  const factors = u32[(model + MODEL_RECENCY) >>> 2]! >>> 2;
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
      let weight = 1;
      if (floor !== 1) {
        const preference = preferenceOf(history.rating(i), history.minutes(i), f64[runtimes + film]!, ratingHigh);
        weight = weightOf(preference, floor);
        if (weight <= 0) continue;
      }
      u32[historyAt + encoded] = position;
      f32[weightsAt + encoded] = factors === 0 ? weight : Math.fround(weight) * f32[factors + encoded]!;
      encoded++;
    }
  }
  u32[(lane + LANE_SEEN_COUNT) >>> 2] = seen;
  u32[(lane + LANE_HISTORY_COUNT) >>> 2] = encoded;
  u32[(lane + LANE_STATUS) >>> 2] = encoded > 0 ? STATUS_WAITING : STATUS_NO_HISTORY;
}
