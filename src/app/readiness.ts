/** Gathers what speaks for and against sending traffic here. */

import type { Engine } from '../engine/engine.js';
import type { Registry } from '../registry/registry.js';
import { readinessOf, type Readiness, type ReadinessCheck } from '../serve/readiness.js';
import type { State } from '../store/state.js';
import type { Ingesting } from './ingesting.js';

export interface ReadinessParts {
  readonly engine: Engine;
  readonly registry: Registry;
  readonly state: State;
  /** Undefined when no log is configured. */
  readonly ingesting: Ingesting | undefined;
}

export const readinessNow = ({ engine, registry, state, ingesting }: ReadinessParts, stopping: boolean): Readiness =>
  readinessOf([
    catalogueCheck(state),
    modelCheck(engine, registry),
    ...(ingesting === undefined ? [] : [ingestCheck(ingesting)]),
    { name: 'running', ok: !stopping, detail: stopping ? 'stopping' : 'accepting requests' },
  ]);

function ingestCheck(ingesting: Ingesting): ReadinessCheck {
  const [fault, status] = [ingesting.fault(), ingesting.status()];
  const check = { name: 'ingest', ok: fault === undefined, advisory: true } as const;
  if (fault !== undefined) return { ...check, detail: fault.message };
  if (status === undefined) return { ...check, detail: 'starting' };
  const behind = [...status.lag.values()].reduce((sum, lines) => sum + lines, 0);
  return { ...check, detail: behind === 0 ? 'caught up' : `about ${Math.round(behind)} lines behind` };
}

function catalogueCheck(state: State): ReadinessCheck {
  const films = state.films.count();
  return { name: 'catalogue', ok: films > 0, detail: films > 0 ? `${films} films` : 'no films: run `matinee import`' };
}

function modelCheck(engine: Engine, registry: Registry): ReadinessCheck {
  const name = 'model';
  const resident = engine.residents.get('current');
  const refusal = engine.residents.refusal('current');
  if (resident !== undefined) {
    const detail = refusal === undefined ? resident.version : `${resident.version}, because: ${refusal.message}`;
    return { name, ok: true, detail };
  }
  if (refusal !== undefined) return { name, ok: false, detail: refusal.message };
  const { current } = registry.pointers();
  return {
    name,
    ok: false,
    detail: current === null ? 'no model is current: run `matinee train`' : `loading ${current}`,
  };
}
