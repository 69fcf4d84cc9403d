/** What a test reads from a source: every line with its place, and what else was said. */

import type { MatineeError } from '../../src/core/errors.js';
import type { Source, SourceEvent } from '../../src/ingest/source.js';

export class Readings {
  readonly source: Source;
  /** Texts by partition, then offset. */
  readonly lines = new Map<number, Map<number, string>>();
  readonly next = new Map<number, number>();
  readonly faults: MatineeError[] = [];
  readonly events: Exclude<SourceEvent, { kind: 'lines' | 'idle' }>[] = [];
  /** Lines that came a second time or out of order: never to happen. */
  readonly misplaced: string[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  /** Pulls until `enough`, or fails after `waitMs`. */
  async until(enough: (readings: this, event: SourceEvent) => boolean, waitMs = 30_000): Promise<void> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const event = await this.source.pull();
      this.take(event);
      if (enough(this, event)) return;
      if (Date.now() > deadline) throw new Error(`not in time; so far ${this.describe()}`);
    }
  }

  untilCount(count: number, waitMs?: number): Promise<void> {
    return this.until(() => this.count() >= count, waitMs);
  }

  count(): number {
    return [...this.lines.values()].reduce((sum, lines) => sum + lines.size, 0);
  }

  texts(partition: number): string[] {
    return [...(this.lines.get(partition)?.values() ?? [])];
  }

  take(event: SourceEvent): void {
    if (event.kind === 'idle') return;
    if (event.kind !== 'lines') {
      this.events.push(event);
      if (event.kind === 'fault') this.faults.push(event.error);
      return;
    }
    const { partition, bytes, count, starts, ends, offsets, next } = event.chunk;
    const lines = this.lines.get(partition) ?? new Map<number, string>();
    this.lines.set(partition, lines);
    for (let line = 0; line < count; line += 1) {
      const offset = offsets[line]!;
      if (offset < (this.next.get(partition) ?? 0)) this.misplaced.push(`${partition}@${offset}`);
      this.next.set(partition, offset + 1);
      lines.set(offset, Buffer.from(bytes.subarray(starts[line], ends[line])).toString());
    }
    this.next.set(partition, next);
  }

  describe(): string {
    const said = this.events.map((event) => (event.kind === 'fault' ? event.error.message : JSON.stringify(event)));
    return `${this.count()} lines; ${said.join('; ')}`;
  }
}
