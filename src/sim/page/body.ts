/** Reads the body of a request: JSON of a known shape, and not too long. */

import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { refuse, type Reply } from './reply.js';

const BODY_BYTES_MAX = 16 << 10;
const JSON_TYPE = /^application\/json *(;|$)/i;

export async function readBody<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<{ readonly value: z.output<S> } | { readonly refusal: Reply }> {
  // A form of another page cannot have this type.
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    return { refusal: refuse(400, 'the Content-Type must be application/json') };
  }
  const text = await textOf(request);
  if (text === undefined) return { refusal: refuse(400, `the body is longer than ${BODY_BYTES_MAX} bytes`) };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refusal: refuse(400, 'the body is not JSON') };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  return { refusal: refuse(400, parsed.error.issues.map(wordsOf).join('; ')) };
}

const wordsOf = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.') || 'the body'} ${message}`;

/** Undefined when it is too long: what is left of it is not kept, but read, so that the answer finds the client listening. */
async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= BODY_BYTES_MAX) parts.push(part);
  }
  return length > BODY_BYTES_MAX ? undefined : Buffer.concat(parts).toString();
}
