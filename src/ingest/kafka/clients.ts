/** The kafkajs client made of an address. */

import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { succeed, type Result } from '../../core/errors.js';
import { checkAddress, type KafkaAddress } from './address.js';
import { registerCodecs } from './codecs.js';

/** Makes the client that a session uses; a new one each time, as nothing of a failed one may live on. */
export function kafkaClients(address: KafkaAddress): Result<() => Kafka> {
  const encryption = checkAddress(address);
  if (!encryption.ok) return encryption;

  const config: KafkaConfig = {
    clientId: 'matinee',
    brokers: [...address.brokers],
    ssl: encryption.value,
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
