/** Lists of words and of phrases as one writes them, over as many lines as it takes. */

/** White space between words. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** `|` between phrases. */
export const phrasesIn = (list: string): string[] =>
  list.split('|').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
