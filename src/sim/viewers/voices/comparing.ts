/** People who think in titles, and explain genres by them. */

import type { Voice } from './voice.js';

export const comparing: Voice = {
  careless: 0.2,
  lowerCase: 0.05,
  patterns: [
    ['[{Favourites}. In other words: ]{likes}.', '[{Flops}. In other words: ]{dislikes}.'],
    [
      '{Likes}, the nearer to the best of its kind the better[. The bar is {favourite}].',
      '{Dislikes}[; {flop} comes to mind, and not in a good way].',
    ],
    [
      '[I grew up on {favourites}, so ]{likes} will always have a place with me.',
      '[I blame {flops}: ]I want nothing to do with {dislikes}.',
    ],
    [
      '[If you liked {favourites or}, we will get along. ]I live for {likes}.',
      '[If you liked {flops or}, we will not get along. ]I can do without {dislikes}.',
    ],
    [
      'Something along the lines of {likes}[, say {favourite} but longer].',
      'Nothing along the lines of {dislikes}[, say {flop} but longer].',
    ],
    [
      '[On my all-time list: {favourites}. ]I follow everything that goes by the name of {likes}.[?recent  New ones I see first.]',
      '[On my black list: {flops}. ]I ignore everything that goes by the name of {dislikes}.',
    ],
    [
      '[I wish I could see {favourite} again for the first time. ]My weakness: {likes}.',
      '[I wish I could unsee {flop}. ]My nightmare: {dislikes}.',
    ],
    ['Think {likes}.[ Think {favourites}.][ Think {popular}.]', 'Do not think {dislikes}.[ Do not think {flops}.]'],
    [
      "[{Favourite}! I'd watch that tonight. ]Otherwise {likes or}[, or any of {popular}].",
      "[{Flop}? I'd leave the room. ]Same with {dislikes}.",
    ],
    [
      'More {liked} films in the vein of the great ones[: {favourites ,}].',
      'No more {disliked} films in the vein of the bad ones[: {flops ,}].',
    ],
    [
      '[Since {favourite} nothing has come close, but ]I keep searching among {likes}.',
      '[Since {flop} I know better: ]I keep well clear of {dislikes}.',
    ],
    [
      'I compare everything to {liked} films I saw[, such as {favourites}].',
      'I walk away from whatever resembles {disliked} films[, such as {flops}].',
    ],
    [
      'Would pay to see {likes}[, and pay twice for {favourites or}].',
      'Would pay not to see {dislikes}[, and pay twice for {flops or}].',
    ],
    [
      '[The perfect evening has {favourite} in it. ]The second best has {likes}.',
      '[The lost evening has {flop} in it. ]The second worst has {dislikes}.',
    ],
    [
      '[{Favourites}: loved it. ]Same for nearly all {likes}[ and {era}].',
      '[{Flops}: hated it. ]Same for nearly all {dislikes}.',
    ],
    [
      "Recommend me {likes} that are at least half as good as [{favourite} or ]what I'd pick myself.",
      'I have yet to see {disliked} films that would not bore me[ as much as {flop}].',
    ],
    [
      '[Huge respect for {favourites}. ]{Likes} are where my heart is.',
      '[No respect for {flops}. ]{Dislikes} are where my patience ends.',
    ],
    [
      'Find me the next great thing in {likes}[, the next {favourite}].[?popular  What everybody has seen, I want to see.]',
      'Do not find me the next thing in {dislikes}[, the last one was {flop}].',
    ],
  ],
};
