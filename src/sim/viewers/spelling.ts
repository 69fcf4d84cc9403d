/** How careless spellers spell: one wrong letter in some of the longer words, never the first. */

import type { Random } from '../../core/random.js';

/** Which keys lie beside a letter on a QWERTY keyboard. */
const neighbours: Readonly<Record<string, string>> = {
  ...{ q: 'wa', w: 'qes', e: 'wrd', r: 'etf', t: 'ryg', y: 'tuh', u: 'yij', i: 'uok', o: 'ipl', p: 'ol' },
  ...{ a: 'qsz', s: 'adwx', d: 'sfec', f: 'dgrv', g: 'fhtb', h: 'gjyn', j: 'hkum', k: 'jlim', l: 'kop' },
  ...{ z: 'xa', x: 'zcs', c: 'xvd', v: 'cbf', b: 'vng', n: 'bmh', m: 'nkj' },
};
const vowels = 'aeiou';

/** Each takes a letter and the one after it, both in lower case. */
const slips: readonly ((letter: string, after: string, draws: Random) => string)[] = [
  (_letter, after) => after,
  (letter, after) => letter + letter + after,
  (letter, after) => after + letter,
  (letter, after, draws) => anyOf(neighbours[letter]!, draws) + after,
  (letter, after, draws) => (vowels.includes(letter) ? anyOf(vowels, draws) : letter) + after,
];

const anyOf = (letters: string, draws: Random): string => letters[draws.integer(letters.length)]!;

const SHORTEST_WORD = 4;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;
const isLetter = (code: number): boolean => isSmall(code) || (code >= 65 && code <= 90);

/** @param share of the words of four letters or more that get a wrong letter; some slips leave the word as it was */
export function misspell(text: string, share: number, draws: Random): string {
  let spelt = '';
  let kept = 0;
  for (let start = 0; start < text.length; start++) {
    let end = start;
    while (end < text.length && isLetter(text.charCodeAt(end))) end++;
    if (end - start >= SHORTEST_WORD && draws.uniform() < share) {
      const at = start + 1 + draws.integer(end - start - 2);
      if (isSmall(text.charCodeAt(at)) && isSmall(text.charCodeAt(at + 1))) {
        const slip = slips[draws.integer(slips.length)]!;
        spelt += text.slice(kept, at) + slip(text[at]!, text[at + 1]!, draws);
        kept = at + 2;
      }
    }
    start = end;
  }
  return spelt + text.slice(kept);
}
