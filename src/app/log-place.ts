/** Where a log is, as `--source` and `--log` name it: `dir:PATH` or `kafka://host:port/topic`. */

export type LogPlace =
  | { readonly kind: 'directory'; readonly path: string }
  /** Brokers as `host:port`. */
  | { readonly kind: 'topic'; readonly brokers: readonly string[]; readonly topic: string };

const KAFKA = /^kafka:\/\/([^\s/]+)\/([^\s/]+)$/;
const DIRECTORY = 'dir:';

/** Undefined for any other text. */
export function parseLogPlace(text: string): LogPlace | undefined {
  if (text.startsWith(DIRECTORY) && text.length > DIRECTORY.length) {
    return { kind: 'directory', path: text.slice(DIRECTORY.length) };
  }
  const match = KAFKA.exec(text);
  return match === null ? undefined : { kind: 'topic', brokers: match[1]!.split(','), topic: match[2]! };
}
