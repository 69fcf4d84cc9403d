/** Where a topic is and how to be let in. */

import { readFileSync } from 'node:fs';
import { fail, succeed, type Result } from '../../core/errors.js';

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

/** What to trust when the connection is encrypted; false when it is not. */
export type Encryption = { readonly ca?: string } | false;

/** Errors, all such as no waiting can mend: config-invalid, file-unreadable. */
export function checkAddress({ brokers, tls }: KafkaAddress): Result<Encryption> {
  const misspelt = brokers.find((broker) => !/^[^\s:/]+:\d{1,5}$/.test(broker));
  if (brokers.length === 0 || misspelt !== undefined) {
    return fail('config-invalid', `Kafka broker '${misspelt ?? ''}' is not an address`, {
      hint: 'Write host:port, several separated by commas.',
    });
  }
  return readAuthority(tls);
}

function readAuthority(tls: KafkaAddress['tls']): Result<Encryption> {
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
