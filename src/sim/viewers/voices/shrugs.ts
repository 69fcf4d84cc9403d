/** What people say who dislike no genre, whatever their voice (frames, see frame.ts). */

export const shrugs: readonly string[] = [
  'Nothing really[, only {flops}].',
  'No genre in particular[, but {flops} bored me].',
  'I watch everything[ except {flops}].',
  'None[, apart from {flop}].',
  'Nothing comes to mind[ but {flops}].',
  'I do not dislike any kind of film[, just {flops}].',
  '[{Flops}. ]Otherwise I am not picky.',
  'Bad films[ like {flops}], whatever the genre.',
  'no dislikes[, well, {flop}]',
  "Can't think of anything[. Maybe {flop}].",
  'Boring ones[, {flops} for example].',
  'n/a[ ({flop} was bad though)]',
];
