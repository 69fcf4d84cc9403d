/** What kafkajs throws, in our words: one of the closed error codes, what to do about it, and never a password. */

import { MatineeError, type ErrorCode } from '../../core/errors.js';
import type { KafkaAddress } from './address.js';

interface KafkaJsError {
  readonly name?: string;
  readonly type?: string;
  /** Of Node's own errors. */
  readonly code?: string;
  readonly message?: string;
  readonly cause?: unknown;
}

/** The innermost cause: kafkajs wraps what happened into 'retries exceeded' and 'non-retriable'. */
function originOf(error: unknown): KafkaJsError {
  let origin = error as KafkaJsError;
  while (origin.cause instanceof Error) origin = origin.cause;
  return origin;
}

/** Whether the bytes of a batch could not be read (unknown codec, broken compression, cut short): again will not help. */
export function isUndecodable(error: unknown): boolean {
  const { name, code } = originOf(error);
  return (
    name === 'KafkaJSNotImplemented' || name === 'RangeError' || name === 'TypeError' || code?.startsWith('Z_') === true
  );
}

export function faultOf(error: unknown, address: KafkaAddress): MatineeError {
  if (error instanceof MatineeError) return error;
  const origin = originOf(error);
  const { code, message, hint } = explain(origin, address);
  return new MatineeError(code, `${message} (${origin.message ?? String(error)})`, {
    hint,
    fields: { topic: address.topic, group: address.group, brokers: address.brokers.join(',') },
    cause: error,
  });
}

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

function explain(
  { name, type, message = '' }: KafkaJsError,
  { brokers, topic, group, sasl, tls }: KafkaAddress,
): Explanation {
  const where = `Kafka at ${brokers.join(', ')}`;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED') {
    return {
      code: 'source-refused',
      message: `${where} refuses the user '${sasl?.username ?? ''}'`,
      hint: `Check user name, password and mechanism (${sasl?.mechanism ?? 'none'}).`,
    };
  }
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || name === 'KafkaJSServerDoesNotSupportApiKey') {
    return {
      code: 'source-refused',
      message: `${where} does not offer ${sasl?.mechanism ?? 'what is needed'}`,
      hint: 'Use a mechanism that the brokers have: plain, scram-sha-256 or scram-sha-512.',
    };
  }
  if (type?.endsWith('AUTHORIZATION_FAILED')) {
    return {
      code: 'source-refused',
      message: `${where} does not let us read topic '${topic}' in group '${group}'`,
      hint: 'Grant READ and DESCRIBE on the topic and READ on the group.',
    };
  }
  if (/certificate|self-signed|altname/i.test(message)) {
    return {
      code: 'source-refused',
      message: `the certificate of ${where} is not trusted`,
      hint: 'Name the authority that signed it as the CA file, and the brokers as the certificate names them.',
    };
  }
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION') {
    return {
      code: 'source-missing',
      message: `${where} has no topic '${topic}'`,
      hint: 'Check its name, or create it: reading begins as soon as it is there.',
    };
  }
  if (name === 'KafkaJSNotImplemented') {
    return {
      code: 'format-unknown',
      message: `topic '${topic}' holds a batch in a compression that is not supported here`,
      hint: 'Let the producers use gzip, snappy, lz4, zstd or none (compression.type), or set one on the topic.',
    };
  }
  const unused = [tls === undefined ? 'TLS' : '', sasl === undefined ? 'SASL' : ''].filter((name) => name !== '');
  if (!name?.startsWith('KafkaJS')) {
    return {
      code: 'format-invalid',
      message: `topic '${topic}' holds a batch that cannot be decoded`,
      hint: 'Compare the records at this offset with what the producer sent; retention will remove them in time.',
    };
  }
  return {
    code: 'source-unreachable',
    message: `${where} does not answer as it should`,
    hint: `Check that it runs and can be reached${unused.length > 0 ? `, and whether its port wants ${unused.join(' or ')}` : ''}.`,
  };
}

export function sharedGroup(absent: readonly number[], { topic, group }: KafkaAddress): MatineeError {
  return new MatineeError(
    'source-stalled',
    `partitions ${absent.join(', ')} of topic '${topic}' are read by another member of group '${group}'`,
    {
      hint: 'Give every state a group of its own: each one reads the whole topic.',
      fields: { topic, group, partitions: absent.join(',') },
    },
  );
}

export function endsEarly(partition: number, end: number, position: number, { topic }: KafkaAddress): MatineeError {
  return new MatineeError(
    'source-missing',
    `partition ${partition} of topic '${topic}' ends at ${end}, before our position ${position}`,
    {
      hint:
        'The topic was made anew, or its log lost its end. Read a new topic under a new name or into a new state; ' +
        'an old one goes on when it reaches our position.',
      fields: { topic, partition, end, position },
    },
  );
}

export function stalled(partition: number, waiting: number, stallMs: number, { topic }: KafkaAddress): MatineeError {
  return new MatineeError(
    'source-stalled',
    `partition ${partition} of topic '${topic}' brings nothing for ${stallMs / 1000} s`,
    {
      hint: 'The consumer is rebuilt. If it stays so, look at the leader of the partition, and for open transactions.',
      fields: { topic, partition, waiting },
    },
  );
}

export function silent(stallMs: number, { brokers, topic, group }: KafkaAddress): MatineeError {
  const message = `Kafka at ${brokers.join(', ')} has answered no fetch for ${stallMs / 1000} s`;
  return new MatineeError('source-unreachable', message, {
    hint: 'Check that the brokers run and can be reached.',
    fields: { topic, group, brokers: brokers.join(',') },
  });
}

export function unreadable(error: unknown, partition: number, position: number, address: KafkaAddress): MatineeError {
  const { code, message, hint } = faultOf(error, address);
  return new MatineeError(code, `partition ${partition} stands still at offset ${position}: ${message}`, {
    ...(hint !== undefined && { hint }),
    fields: { topic: address.topic, partition, offset: position },
    cause: error,
  });
}
