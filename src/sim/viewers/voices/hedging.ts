/** People who will not commit themselves, and like something in what they dislike. */

import type { Voice } from './voice.js';

export const hedging: Voice = {
  careless: 0.3,
  lowerCase: 0.1,
  patterns: [
    [
      'I watch almost anything, but probably {likes} most.',
      'Hard to say. {Dislikes}, perhaps[, or things like {flop}].',
    ],
    [
      'It depends on the day, though usually {likes}[, and more often than not {popular}].',
      'It depends, but I tend to leave {dislikes} to others.',
    ],
    [
      "I suppose {likes}, but I'm open to most things[ if they are as good as {favourite}].",
      "I'm not totally against {dislikes}, I just rarely finish them[, {flops} for instance].",
    ],
    [
      'Sort of into {likes}, more or less[. {Favourite} was kind of great].',
      'Sort of tired of {dislikes}, more or less[. {Flop} was kind of a chore].',
    ],
    [
      'No real favorites... {likes}, if I have to choose[; {favourite} was pretty good].',
      'No strong feelings, except that {dislikes} rarely work for me[; {flop} did not].',
    ],
    [
      "I don't mind most movies[, even {dislikes} now and then], but {likes} I actually look forward to.",
      "I love {likes}, so it's no surprise that {dislikes} are less my cup of tea.",
    ],
    ['Maybe {likes}?[ I did like {favourites}.]', 'Maybe {dislikes}?[ I did not care for {flops}.]'],
    [
      'Not too picky: {likes} would be fine[, {era} would be finer].',
      'Not too picky, but {dislikes} would be pushing it[, {flops} even more so].',
    ],
    [
      "I'd lean towards {likes}[, probably {popular}].",
      "I'd lean away from {dislikes}[, though I did get through {flop}].",
    ],
    [
      'My taste is all over the place. Still, {likes} win most of the time[, as with {favourites}].',
      'My taste is all over the place, just not so much {dislikes}[, as with {flops}].',
    ],
    [
      'I quite like {likes}[ and was pleasantly surprised by {favourite}].',
      'I can live with most things, {likes} included of course, but hardly with {dislikes}.',
    ],
    ['If pressed, {likes}[, and {era} if there is a choice].', 'If pressed, {dislikes}[, {flop} if you want a name].'],
    [
      'Generally {likes}, I think[. At least I keep going back to {favourites}].[?popular  Popular usually means good, no?]',
      'Generally not {dislikes or}, I think[. At least {flops} left me cold].',
    ],
    [
      'Could be {likes or}, could be something else entirely[, as long as it is not {dislikes or}].',
      'Could be wrong, but {dislikes} seem made for other people[, {flops} too].',
    ],
    [
      "I wouldn't call myself an expert, but {liked} films speak to me[, {favourite} for one].",
      "I wouldn't say never, but {disliked} films do little for me[, {flop} for one].",
    ],
    [
      'Usually in for {likes}, within reason[, and not above {popular}].',
      "Usually out when it comes to {dislikes}[; even {flop}, which friends adored, wasn't mine].",
    ],
    [
      'So far I have enjoyed {likes}, as far as I can tell[, {favourites} in particular].',
      'So far I have not enjoyed {dislikes} as much as {likes}[, {flops} in particular].',
    ],
    [
      'Somewhere between {likes} and whatever my friends choose[, which tends to be {popular}].',
      'Not a fan of {dislikes}, unless somebody twists my arm[, as they did with {flop}].',
    ],
  ],
};
