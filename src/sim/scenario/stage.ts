/** What a scenario may touch of the running site, and nothing else. */

import type { ApiBehaviour } from '../api/behaviour.js';
import type { LogConditions } from '../log/log-conditions.js';
import type { Conditions } from '../site/conditions.js';
import type { SimWorld } from '../world.js';

/** What can be set; whatever a scenario sets goes back to what it was. */
export interface Settings {
  readonly conditions: Conditions;
  readonly log: LogConditions;
  /** Changed by assigning a whole new one. */
  api: ApiBehaviour;
}

export interface Stage extends Settings {
  readonly world: SimWorld;
  /** World seconds since the beginning. */
  readonly second: number;
  /** The highest rating of the site's scale; the lowest is 1. */
  readonly ratingScale: number;
  /** Writes a line of the log that no seat wrote. */
  inject(event: InjectedEvent): void;
  /** One more recommendation request, logged like all others; `user` as it goes into the path, whatever it is. */
  request(user: string): void;
}

/** Films are indexes into the catalogue. */
export type InjectedEvent =
  | { readonly kind: 'watch'; readonly user: number; readonly film: number; readonly minute: number }
  /** The rating is not checked. */
  | { readonly kind: 'rate'; readonly user: number; readonly film: number; readonly rating: number }
  | { readonly kind: 'create'; readonly user: number };
