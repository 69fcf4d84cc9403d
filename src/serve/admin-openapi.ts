/** The OpenAPI 3.1 document of the operators' API, made from the table of operations and the schemas of their answers. */

import { z } from 'zod';
import {
  exampleUsersSchema,
  explainedAnswerSchema,
  liveSchema,
  problemSchema,
  readinessSchema,
  versionSchema,
} from './admin-answers.js';
import type { Operation } from './admin-operations.js';

const named = z.registry<{ id: string }>();
named.add(versionSchema, { id: 'Version' });
named.add(readinessSchema, { id: 'Readiness' });
named.add(explainedAnswerSchema, { id: 'ExplainedAnswer' });
named.add(liveSchema, { id: 'Live' });
named.add(exampleUsersSchema, { id: 'ExampleUsers' });
named.add(problemSchema, { id: 'Problem' });

const addressOf = (id: string): string => `#/components/schemas/${id}`;

export function openapi(operations: readonly Operation[], version: string): object {
  const paths = operations.map((operation) => [operation.path, { get: describe(operation) }] as const);
  return {
    openapi: '3.1.0',
    info: { title: 'Matinee for operators', version },
    paths: Object.fromEntries(paths),
    components: { schemas: schemas() },
  };
}

/** By name. A component's place in the document is its identity, so the `$id` that zod writes for it must go. */
function schemas(): object {
  const all = Object.entries(z.toJSONSchema(named, { uri: addressOf }).schemas);
  return Object.fromEntries(all.map(([id, { $id: _$id, $schema: _$schema, ...schema }]) => [id, schema]));
}

function describe({ summary, parameter, answers }: Operation): object {
  const responses = Object.entries(answers).map(([status, answer]) => {
    const description = status === '200' ? summary : 'Why not.';
    return [status, { description, content: contentOf(answer) }] as const;
  });
  const parameters = parameter && [
    { ...parameter, required: parameter.in === 'path', schema: z.toJSONSchema(parameter.schema) },
  ];
  return { summary, ...(parameters && { parameters }), responses: Object.fromEntries(responses) };
}

function contentOf(answer: z.ZodType | string): object {
  if (typeof answer === 'string') return { [answer]: { schema: { type: 'string' } } };
  return { 'application/json': { schema: { $ref: addressOf(named.get(answer)!.id) } } };
}
