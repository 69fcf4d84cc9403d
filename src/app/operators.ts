/** Composition of what operators see: metrics, the live feed, versions and explained answers. */

import { packageVersion } from '../core/package.js';
import type { Engine } from '../engine/engine.js';
import { watchLiveLog } from '../observe/live-log.js';
import { watchLive } from '../observe/live.js';
import { watchMetrics } from '../observe/metrics.js';
import { codeFacts } from '../registry/code-facts.js';
import type { AdminSources } from '../serve/admin-sources.js';
import type { Readiness } from '../serve/readiness.js';
import type { TransportName } from '../serve/transport.js';
import type { State } from '../store/state.js';
import type { Drift } from './drift.js';
import { explainUser } from './explain.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import type { Ingesting } from './ingesting.js';
import type { RungList } from '../serve/ladder.js';

export interface OperatorsParts {
  readonly engine: Engine;
  readonly state: State;
  readonly readiness: () => Readiness;
  readonly ingesting: Ingesting | undefined;
  /** Undefined until its reader has said something. */
  readonly profiles: () => ProfilerStatus | undefined;
  readonly drift: Drift['scores'];
  readonly lowerRung: () => RungList;
  /** Undefined until the service listens. */
  readonly transport: () => TransportName | undefined;
}

export interface OperatorsSide {
  readonly sources: AdminSources;
  /** Ends the subscriptions. */
  close(): void;
}

/** Hex digits of the kernel's SHA-256 that a person compares. */
const KERNEL_DIGITS = 12;

export async function createOperatorsSide(parts: OperatorsParts): Promise<OperatorsSide> {
  const { engine, state, readiness, transport } = parts;
  const { commit, kernelSha256, node } = await codeFacts();
  const live = watchLive();
  const log = parts.ingesting && watchLiveLog(parts.ingesting.status);
  const resident = () => engine.residents.get('current');
  const metrics = watchMetrics({
    build: { version: packageVersion, commit },
    transport,
    model: () => {
      const serving = resident();
      return (
        serving && {
          version: serving.version,
          kind: serving.manifest.kind,
          createdMs: Date.parse(serving.manifest.created),
        }
      );
    },
    queueLength: engine.pending,
    lines: () => state.lines.all(),
    drift: parts.drift,
    ingest: () => parts.ingesting?.status(),
    profiles: state.profiles,
    llm: () => parts.profiles()?.model,
  });
  return {
    sources: {
      readiness,
      version: () => ({
        ...{ version: packageVersion, commit, node },
        // The operators' server opens after the public one.
        transport: transport()!,
        kernel: kernelSha256?.slice(0, KERNEL_DIGITS) ?? 'unknown',
        model: resident()?.version ?? null,
      }),
      explain: (user) => explainUser(parts, user),
      live: () => ({ ...live.snapshot(), log: log?.snapshot() ?? null }),
      metrics: metrics.text,
      exampleUsers: (limit) => firstUsers(state, limit),
    },
    close: () => {
      live.close();
      log?.close();
      metrics.close();
    },
  };
}

function firstUsers(state: State, limit: number): number[] {
  const users: number[] = [];
  for (const user of state.histories.users()) {
    if (users.length === limit) break;
    users.push(user);
  }
  return users;
}
