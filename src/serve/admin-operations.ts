/** The operators' API as a table: what each path answers, and how; both the server and the OpenAPI document read it. */

import { z } from 'zod';
import { parseUserId } from '../world/user-id.js';
import {
  exampleUsersSchema,
  explainedAnswerSchema,
  liveSchema,
  problemSchema,
  readinessSchema,
  versionSchema,
} from './admin-answers.js';
import { json, problem, text, TEXT_TYPE, type AdminReply } from './admin-reply.js';
import type { AdminSources } from './admin-sources.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description: string;
  readonly schema: z.ZodType;
}

export interface Operation {
  /** As OpenAPI writes it; a path parameter stands at the end. */
  readonly path: string;
  readonly summary: string;
  readonly parameter?: Parameter;
  /** Status → schema of the JSON body, or the content type of what is not JSON. */
  readonly answers: Readonly<Record<number, z.ZodType | string>>;
  /** `argument` is the parameter as it was sent; empty when it was not. */
  handle(argument: string): AdminReply | Promise<AdminReply>;
}

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const USERS_SHOWN = 20;
const USERS_MAX = 100;
const ID_SHOWN = 40;

export function adminOperations(sources: AdminSources): readonly Operation[] {
  return [
    {
      path: '/healthz',
      summary: 'Whether the process is alive.',
      answers: { 200: TEXT_TYPE },
      handle: () => text('ok'),
    },
    {
      path: '/readyz',
      summary: 'Whether the service should get traffic.',
      answers: { 200: readinessSchema, 503: readinessSchema },
      handle: () => {
        const readiness = sources.readiness();
        return json(readiness.ready ? 200 : 503, readiness);
      },
    },
    {
      path: '/version',
      summary: 'What runs here.',
      answers: { 200: versionSchema },
      handle: () => json(200, sources.version()),
    },
    {
      path: '/metrics',
      summary: 'Metrics in the Prometheus text format.',
      answers: { 200: METRICS_TYPE },
      handle: async () => text(await sources.metrics(), METRICS_TYPE),
    },
    {
      path: '/api/live',
      summary: "Requests, latency and rungs over the last minute, and what the site's log says of them.",
      answers: { 200: liveSchema },
      handle: () => json(200, sources.live()),
    },
    {
      path: '/api/users',
      summary: 'Some users with a history, to try.',
      parameter: {
        name: 'limit',
        in: 'query',
        description: `How many users at most; ${USERS_SHOWN} when absent.`,
        schema: z.int().min(1).max(USERS_MAX),
      },
      answers: { 200: exampleUsersSchema, 400: problemSchema },
      handle: (limit) => exampleUsers(sources, limit),
    },
    {
      path: '/api/recommend/{user}',
      summary: 'What the user would be recommended now, and why.',
      parameter: {
        name: 'user',
        in: 'path',
        description: 'One to ten decimal digits.',
        schema: z.string().regex(/^[0-9]{1,10}$/),
      },
      answers: { 200: explainedAnswerSchema, 400: problemSchema, 503: problemSchema },
      handle: (user) => recommend(sources, user),
    },
  ];
}

function exampleUsers(sources: AdminSources, limit: string): AdminReply {
  const count = limit === '' ? USERS_SHOWN : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > USERS_MAX) {
    return problem(400, `limit must be a whole number from 1 to ${USERS_MAX}`);
  }
  return json(200, { users: sources.exampleUsers(count) });
}

async function recommend(sources: AdminSources, rawId: string): Promise<AdminReply> {
  const user = parseUserId(rawId);
  if (user === null) {
    const shown = rawId.length > ID_SHOWN ? `${rawId.slice(0, ID_SHOWN)}…` : rawId;
    return problem(400, `"${shown}" is not a user id`, 'A user id is one to ten decimal digits, e.g. 42.');
  }
  const explained = await sources.explain(user);
  return explained.ok ? json(200, explained.value) : problem(503, explained.error.message, explained.error.hint);
}
