/** `GET /recommend/<userid>`: always an answer, from the highest rung that is ready in time. */

import { answers, type Miss, type ScoredTier, type Tier } from '../core/channels.js';
import type { Engine } from '../engine/engine.js';
import type { EngineRequest, Served } from '../engine/dispatcher.js';
import type { Residents } from '../engine/residents.js';
import { parseUserId } from '../world/user-id.js';
import type { Assign } from './assign.js';
import type { Ladder } from './ladder.js';
import { nextRequestId } from './request-id.js';
import type { Exchange } from './transport.js';

const TEXT = 'text/plain; charset=utf-8';
/** Stands in a header where there is nothing to name. */
const NONE = 'none';
const NO_MODEL: Served = { version: NONE, overlay: 0 };

export interface RecommendParts {
  readonly engine: Pick<Engine, 'submit'> & { readonly residents: Pick<Residents, 'get'> };
  readonly assign: Assign;
  readonly ladder: Ladder;
}

export type Recommend = (rawId: string, exchange: Exchange) => void;

export function createRecommend({ engine, assign, ladder }: RecommendParts): Recommend {
  const current = (): Served => engine.residents.get('current') ?? NO_MODEL;

  class PendingAnswer implements EngineRequest {
    readonly user: number;
    readonly #exchange: Exchange;
    readonly #arm: string;
    readonly #started = performance.now();

    constructor(user: number, arm: string, exchange: Exchange) {
      this.user = user;
      this.#arm = arm;
      this.#exchange = exchange;
    }

    answered(tier: ScoredTier, body: Uint8Array, by: Served): void {
      this.#send(tier, body, by, undefined);
    }

    missed(miss: Miss): void {
      const { tier, body } = ladder.rung();
      this.#send(tier, body, current(), miss);
    }

    #send(tier: Tier, body: Uint8Array, by: Served, miss: Miss | undefined): void {
      const arm = this.#arm;
      const model = by.version;
      const headers = ['X-Request-Id', nextRequestId(), 'X-Tier', tier, 'X-Arm', arm, 'X-Model-Version', model];
      headers.push('X-Overlay', String(by.overlay));
      this.#exchange.send({ status: 200, contentType: TEXT, headers, body });
      answers.publish({ tier, code: 200, model, arm, miss, seconds: (performance.now() - this.#started) / 1000 });
    }
  }

  return (rawId, exchange) => {
    const user = parseUserId(rawId);
    if (user === null) {
      new PendingAnswer(-1, NONE, exchange).missed('invalid-id');
      return;
    }
    const { arm, route } = assign(user);
    engine.submit(route, new PendingAnswer(user, arm, exchange));
  };
}
