/** Enthusiasts: exclamation marks and words in capitals. */

import type { Voice } from './voice.js';

export const excited: Voice = {
  careless: 0.35,
  lowerCase: 0,
  patterns: [
    [
      'I LOVE {likes}!!![ {Favourites}!!! Need I say more?]',
      'I really, REALLY can not deal with {dislikes}![ {Flop}?! NO!]',
    ],
    ['{LIKES}! All day, every day![ And {popular}!]', '{DISLIKES}! Just NO![ {Flops}... never again!]'],
    [
      "So happy to be here! I'm crazy about {likes}[, and {favourites} blew me away]!",
      "Please please please no {dislikes or}![ I couldn't finish {flops}!]",
    ],
    [
      'Best thing ever: {likes}!![ Best film ever: {favourite}!!]',
      'Worst thing ever: {dislikes}!![ Worst film ever: {flop}!!]',
    ],
    ['Bring on {likes}!![ Bring on {era}!!]', 'Take {dislikes} away!![ Take {flops} with you!!]'],
    [
      "Can't get ENOUGH of {likes}[, and I know {favourites} by heart]!",
      'Had MORE than enough of {dislikes}[, I still shudder at {flops}]!',
    ],
    [
      'Wow, {likes}! Yes! Yes! Yes![ {Favourite}! Wow!][?popular  If it is popular, I have seen it!]',
      'Eww, {dislikes}! No! No! No![ {Flop}! Eww!]',
    ],
    [
      'Huge, HUGE fan of {liked} movies![ Seen {favourites} in the theater, all weekend!]',
      '{Disliked} movies? Not even if you paid me![ Not even {flops}!]',
    ],
    [
      '{Likes} give me goosebumps!![ I cried at the end of {favourite}, seriously!!]',
      '{Dislikes} drive me up the wall!![ I wanted to throw my shoe at {flop}!!]',
    ],
    ['Always in the mood for {likes}!![ Or for {popular}!!]', 'Never EVER in the mood for {dislikes}!!'],
    [
      'Looking for AMAZING {liked} films[, {era} too, they are AMAZING]!',
      'Not looking for {disliked} films, they are AWFUL[, {flops} worst of all]!',
    ],
    ['Long live {likes}!!![ Long live {favourites}!!!]', 'Down with {dislikes}!!![ Down with {flops}!!!]'],
    [
      'Just take my money and show me {likes}!![ More like {favourites}!!]',
      'I want my money back for all those {disliked} movies!![ For {flop} first!!]',
    ],
    [
      'OMG where do I start?! {Likes}!![ And {favourites}!!]',
      'OMG where do I start?! {Dislikes} make me want to run!![ So did {flops}!!]',
    ],
    [
      'SUPER into {likes}!! SUPER into popcorn!![ SUPER into {popular}!!]',
      'SUPER not into {dislikes}!![ {Flop}?? Meh!!]',
    ],
    [
      'Nothing beats {likes}, NOTHING![ {Favourite} is pure gold!]',
      'Nothing is as dull as {dislikes}, NOTHING![ {Flop} is the proof!]',
    ],
    ["{Likes} or bust!![ I'd marry {favourite} if I could!!]", 'Bye bye, {dislikes}!![ Bye bye, {flop}!!]'],
    [
      'Hooray for {likes}!! Five stars!![ {Favourites}: SIX stars!!]',
      'Boo to {dislikes}!! No stars!![ {Flops}: minus one!!]',
    ],
  ],
};
