/** Everything the operators' server shows, as functions: it knows no engine, no state and no registry. */

import type { Result } from '../core/errors.js';
import type { ExplainedAnswer, LiveSnapshot, VersionInfo } from './admin-answers.js';
import type { Readiness } from './readiness.js';

export interface AdminSources {
  version(): VersionInfo;
  readiness(): Readiness;
  /** What `GET /recommend/<user>` would answer now, with titles and reasons. An error becomes a 503. */
  explain(user: number): Promise<Result<ExplainedAnswer>>;
  live(): LiveSnapshot;
  /** The Prometheus text exposition, format 0.0.4. */
  metrics(): Promise<string>;
  /** Some users with a history, at most `limit`. */
  exampleUsers(limit: number): readonly number[];
}
