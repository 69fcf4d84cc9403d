/** A reason for a film in words, for the command line and the operators' page. */

import type { ExplainedAnswer } from './admin-answers.js';

type Reason = ExplainedAnswer['items'][number]['reasons'][number];

const words: Readonly<Record<Reason['kind'], (title: string) => string>> = {
  watched: (title) => title,
  named: (title) => `you named ${title}`,
  genre: (title) => `you like ${title}`,
  decade: (title) => `you like the ${title}`,
  group: (title) => `popular with ${title}`,
  popularity: () => 'popular with everyone',
};

/** A film that was watched stands for itself: `Heat`; what a stranger says is a clause: `you named Heat`. */
export const reasonWords = ({ kind, title }: Reason): string => words[kind](title);
