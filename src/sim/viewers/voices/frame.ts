/**
 * Sentence frames: text with blanks that a viewer's self-image fills.
 *
 *     I enjoy {likes}[, above all {favourites or}][?old , and they may be older than I am].
 *
 * `{fact}` is a blank, `{fact or}` one whose items are joined by another word than `and`; `{Fact}` begins with a capital,
 * `{FACT}` has nothing else. `[…]` is left out when the image has nothing for one of the blanks in it;
 * `[?condition …]` also when the condition is not met.
 */

interface Blank {
  /** In lower case. */
  readonly fact: string;
  readonly join: string;
  readonly letters: 'lower' | 'capital' | 'capitals';
}

interface Section {
  /** Facts and conditions without which it is left out. */
  readonly needs: readonly string[];
  readonly parts: readonly (string | Blank)[];
}

export type Frame = readonly Section[];

/** Who fills the blanks. */
export interface Speaker {
  knows(fact: string): boolean;
  words(fact: string, join: string): string;
}

export function parseFrame(text: string): Frame {
  return text
    .split(/(\[[^\]]*\])/)
    .filter((section) => section !== '')
    .map((section) => (section.startsWith('[') ? parseOptional(section.slice(1, -1)) : parseSection(section, [])));
}

function parseOptional(text: string): Section {
  const condition = /^\?(\w+) /.exec(text);
  if (condition) return parseSection(text.slice(condition[0].length), [condition[1]!]);
  const { parts } = parseSection(text, []);
  return { parts, needs: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.fact])) };
}

const parseSection = (text: string, needs: readonly string[]): Section => ({
  needs,
  parts: text
    .split(/(\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? parseBlank(part.slice(1, -1)) : part)),
});

function parseBlank(text: string): Blank {
  const [name = '', join = 'and'] = text.split(' ');
  const fact = name.toLowerCase();
  const letters = name === fact ? 'lower' : name === name.toUpperCase() ? 'capitals' : 'capital';
  return { fact, join, letters };
}

export function speak(frame: Frame, speaker: Speaker): string {
  let text = '';
  for (const { needs, parts } of frame) {
    if (!needs.every((need) => speaker.knows(need))) continue;
    for (const part of parts) text += typeof part === 'string' ? part : fill(part, speaker);
  }
  return text;
}

function fill({ fact, join, letters }: Blank, speaker: Speaker): string {
  const words = speaker.words(fact, join);
  if (letters === 'lower') return words;
  return letters === 'capitals' ? words.toUpperCase() : words[0]!.toUpperCase() + words.slice(1);
}

/** `a, b and c`; joined by a sign instead of a word, the sign stands between all. */
export function listed(items: readonly string[], join: string): string {
  if (join === ',') return items.join(', ');
  if (!/^[a-z]/.test(join) || items.length < 2) return items.join(` ${join} `);
  return `${items.slice(0, -1).join(', ')} ${join} ${items.at(-1)!}`;
}
