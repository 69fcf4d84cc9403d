/** How the stand-in of the look-up APIs behaves: everything that is known to go wrong with the real ones. */

export interface ApiBehaviour {
  /** More are answered 429 with Retry-After; a second's worth may come at once. */
  readonly requestsPerSecondMax: number;
  /** `refusing` closes the port; `hanging` takes requests and never answers. */
  readonly state: 'up' | 'refusing' | 'hanging';
  /** What every answer waits before it is sent. */
  readonly delayMs: number;
  /** Share of requests answered 500, 502 or 503. */
  readonly errorShare: number;
  /** Share of answers cut off in the middle: half of these end as if whole, the others with the connection. */
  readonly truncatedShare: number;
  /** Share of the known ids that a list leaves out. */
  readonly leftOutShare: number;
  /** Lists come in another order than asked. */
  readonly unordered: boolean;
  readonly changedTypes: boolean;
  /** Ids, of films or users, that it says it does not know. */
  readonly unknown: ReadonlySet<string>;
}

export const goodBehaviour: ApiBehaviour = {
  requestsPerSecondMax: Infinity,
  state: 'up',
  delayMs: 0,
  errorShare: 0,
  truncatedShare: 0,
  leftOutShare: 0,
  unordered: false,
  changedTypes: false,
  unknown: new Set(),
};
