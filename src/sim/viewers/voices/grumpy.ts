/** Grumblers: curt, and readier with what they do not want. */

import type { Voice } from './voice.js';

export const grumpy: Voice = {
  careless: 0.15,
  lowerCase: 0.1,
  patterns: [
    [
      'Look, just give me decent {likes}.[ {Favourites}, that sort of quality.]',
      'Keep {dislikes} away from me.[ {Flops}, that sort of rubbish.]',
    ],
    [
      "{Likes}. The rest isn't worth my time.[ Fine, {favourite} as well.]",
      "{Dislikes}. Don't even ask.[ {Flop}: dreadful.]",
    ],
    [
      'Not much is any good. {Likes}, if you must.[ {Favourite} was all right.]',
      'Where to begin. {Dislikes}.[ And who let {flop} happen?]',
    ],
    [
      "If it isn't {likes or}, don't bother[, unless it's {popular or}, then perhaps].",
      "If it's {dislikes or}, don't bother me with it[, and I mean {flops} too].",
    ],
    [
      'I only put up with {likes}.[ They got it right with {favourites}.]',
      'I will not put up with {dislikes}.[ They should apologise for {flops}.]',
    ],
    [
      '{Likes}, and spare me the trailers.[ {Era}, while you are at it.]',
      'Cheap {dislikes}. Expensive {dislikes}. All of it.',
    ],
    [
      'Proper {liked} films, not the drivel you usually suggest[; think {favourites}].',
      '{Disliked} films are drivel[; {flop} is exhibit A].',
    ],
    [
      'A decent plot and {likes}. Is that too much to ask?[ {Favourite} managed it.]',
      'Nobody needs {dislikes}. Nobody.[ Least of all {flops}.]',
    ],
    [
      'I gave up on most things, but not on {likes}[ or on {favourites or}].',
      'I gave up on {dislikes} long ago[, around the time of {flop}].',
    ],
    [
      'Stop guessing: {likes}.[ And yes, {popular}, I am not a snob.]',
      'Stop sending me {dislikes}.[ {Flop}, really? Who do you think I am?]',
    ],
    ['{Likes}[, and above all not {dislikes or}].', 'Nothing with {dislikes} in it.[ I walked out of {flops}.]'],
    [
      'Life is short, so {likes} or nothing.[ I make time for {favourites}.]',
      'Life is too short for {dislikes}.[ {Flops} took hours of mine.]',
    ],
    [
      'Whatever, as long as it is {likes or}[ and not another remake of {favourite}].',
      'Whatever, as long as it is not {dislikes or}[ or a sequel to {flop}].',
    ],
    [
      'I tolerate {likes} and very little besides[, {popular} at a push].',
      'I do not tolerate {dislikes}, not for a minute[, not {flops}, not ever].',
    ],
    [
      '{Likes}. There, I said something nice.[ And {favourite} was fine. That makes two.]',
      '{Dislikes}: lazy, loud and too long.[ See {flops}.]',
    ],
    [
      'You want to know? {Likes}. Happy now?[ {Favourites}. Still happy?]',
      'You want to know? {Dislikes} make me angry.[ {Flop} made me furious.]',
    ],
    [
      "They don't make enough {likes}[, at least not like {favourites}].[?old  The old ones were better.]",
      'They make far too many {disliked} films[, and {flop} was one too many].',
    ],
    [
      'My money goes to {likes}, nobody else gets any.[ {Favourite} was worth the ticket.]',
      'Not one cent for {dislikes}.[ I asked for a refund after {flop}.]',
    ],
  ],
};
