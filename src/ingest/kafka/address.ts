/** Where a topic is and how to be let in, and the kafkajs client made of it. */

import { readFileSync } from 'node:fs';
import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { fail, succeed, type Result } from '../../core/errors.js';
import { registerCodecs } from './codecs.js';

export interface KafkaAddress {
  /** `host:port` of at least one broker; the others are learned from it. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** The consumer group, one for each state: two states in one group would each get a part of the topic. */
  readonly group: string;
  /** Encrypts; `caFile` is the PEM file of the authority to trust, by default those that Node.js trusts. */
  readonly tls?: { readonly caFile?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** Makes the kafkajs client that a session uses; a new one each time, as nothing of a failed one may live on. */
export function kafkaClients(address: KafkaAddress): Result<() => Kafka> {
  const misspelt = address.brokers.find((broker) => !/^[^\s:/]+:\d{1,5}$/.test(broker));
  if (address.brokers.length === 0 || misspelt !== undefined) {
    return fail('config-invalid', `Kafka broker '${misspelt ?? ''}' is not an address`, {
      hint: 'Write host:port, several separated by commas.',
    });
  }
  const ssl = readAuthority(address.tls);
  if (!ssl.ok) return ssl;

  const config: KafkaConfig = {
    clientId: 'matinee',
    brokers: [...address.brokers],
    ssl: ssl.value,
    // A copy: kafkajs writes an authenticator for these very credentials into the object.
    ...(address.sasl && { sasl: { ...address.sasl } as SASLOptions }),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Few and short: a failure is to be told at once, and it is we who try again, without end.
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    // What the log would say reaches us as rejections and events; standard output is not kafkajs's to write to.
    logLevel: logLevel.NOTHING,
  };
  registerCodecs();
  return succeed(() => new Kafka(config));
}

function readAuthority(tls: KafkaAddress['tls']): Result<{ ca?: string } | false> {
  if (tls === undefined) return succeed(false);
  if (tls.caFile === undefined) return succeed({});
  try {
    return succeed({ ca: readFileSync(tls.caFile, 'utf8') });
  } catch (cause) {
    return fail('file-unreadable', `cannot read the certificate authority ${tls.caFile}`, {
      hint: 'Name the PEM file of the authority that signed the brokers’ certificates.',
      fields: { file: tls.caFile },
      cause,
    });
  }
}
