/**
 * The compressions that a batch may have, for kafkajs: it brings gzip alone and sets no bound to what comes out. All are
 * read within a bound here; nothing is ever produced compressed. kafkajs keeps its codecs in one table for the process.
 */

import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
// Its codecs are not among the names that Node.js finds in this CommonJS module.
import kafkajs from 'kafkajs';
import { decodeLz4 } from './lz4.js';
import { decodeSnappy } from './snappy.js';

/** A broker takes a batch of one megabyte by default; what unfolds to more than this is a bomb. */
const bytesMax = 64 * 1024 * 1024;

interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  /** Rejects with a RangeError what is broken or too large. */
  decompress(bytes: Buffer): Promise<Buffer>;
}

const { CompressionTypes, CompressionCodecs, KafkaJSNotImplemented } = kafkajs as typeof kafkajs & {
  readonly KafkaJSNotImplemented: new (message: string) => Error;
};
const codecs: Record<number, () => Codec> = CompressionCodecs;
const unzip = promisify(gunzip);
const none = 0;
/** Batches name their compression in three bits. */
const typeMax = 7;

/** Once or often, before the first fetch. */
export function registerCodecs(): void {
  for (let type = none + 1; type <= typeMax; type += 1) {
    // kafkajs would take the bytes of a compression that it does not know for records.
    codecs[type] = () => {
      throw new KafkaJSNotImplemented(`compression ${type}`);
    };
  }
  codecs[CompressionTypes.GZIP] = codec((bytes) => unzip(bytes, { maxOutputLength: bytesMax }));
  codecs[CompressionTypes.Snappy] = codec((bytes) => decodeSnappy(bytes, bytesMax));
  codecs[CompressionTypes.LZ4] = codec((bytes) => decodeLz4(bytes, bytesMax));
  codecs[CompressionTypes.ZSTD] = codec(async (bytes) => (await import('./zstd.js')).decodeZstd(bytes, bytesMax));
}

function codec(decode: (bytes: Buffer) => Buffer | Promise<Buffer>): () => Codec {
  const made: Codec = {
    compress: () => assert.fail('nothing is produced compressed'),
    decompress: async (bytes) => decode(bytes),
  };
  return () => made;
}
