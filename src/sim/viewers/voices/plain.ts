/** Plain sentences, one or two a text. */

import type { Voice } from './voice.js';

export const plain: Voice = {
  careless: 0.3,
  lowerCase: 0.05,
  patterns: [
    ['I like {likes}[, and I prefer {popular}].', 'I do not like {dislikes or}.'],
    [
      'My favorite genres are {likes}.[ Examples are {favourites}.]',
      'My least favorite genres are {dislikes}.[ One example: {flop}.]',
    ],
    ['I enjoy watching {liked} films[ like {favourites}].', 'I avoid {disliked} films[ like {flops}].'],
    ['{Likes} and nothing else[, with {favourite} on top of the list].', 'No {dislikes or}, thank you[. {Flops}: no].'],
    ['I mostly watch {likes}.[ I am also fine with {popular}.]', 'I never watch {dislikes}.[ I turned off {flop}.]'],
    [
      '{Likes} are what I look for[; I liked {favourites}].[?popular  Popular is fine.]',
      '{Dislikes} are what I stay away from[, so no {flops or}].',
    ],
    [
      'Give me {likes} and I am happy.[ {Favourite} is my favourite film.]',
      'Please spare me {dislikes}.[ {Flop} is the worst film I know.]',
    ],
    [
      'I am interested in {liked} movies[, {era} in particular][, ideally {popular}].',
      'I am not interested in {disliked} movies.',
    ],
    ['More {likes}, please[. I liked {favourites}].', 'Less {dislikes}, please[. I disliked {flops}].'],
    [
      "I'm a fan of {likes}[, especially {favourites}].[?popular  I prefer popular movies.]",
      "I'm not a fan of {dislikes}[, especially {flops}].",
    ],
    ['I watch {likes} most of the time[, and from time to time {popular}].', 'I skip {dislikes} every time.'],
    [
      'What I want to see: {likes}[, the kind of {favourites}].',
      'What I do not want to see: {dislikes}[, the kind of {flops}].',
    ],
    ['Movies I like are {liked} movies[ and {popular}].', 'Movies I dislike are {disliked} movies[ and {flops}].'],
    [
      "I've always liked {likes}.[ {Favourites} I have seen twice.][?old  The older, the better.]",
      "I've never liked {dislikes}.",
    ],
    [
      'I choose {liked} films over everything[, {era} over others].',
      'Anything except {dislikes}[, and except {flops}].',
    ],
    ['Mainly {likes}[, sometimes {popular}].', 'Mainly {dislikes}[, and films like {flop}].'],
    ['I love {likes}.[ I prefer {popular}.][ I prefer {era}.]', 'I hate {dislikes}.[ I hated {flops}.]'],
    [
      'Good {liked} movies[ such as {favourites}] are always welcome.',
      'Even good {disliked} movies[ such as {flops}] are not for me.',
    ],
  ],
};
