/** People who write on the telephone, without capitals, in short forms. */

import type { Voice } from './voice.js';

export const texting: Voice = {
  careless: 0.5,
  lowerCase: 0.9,
  patterns: [
    ['omg {likes} r the best[, {favourite} lol]', 'pls no {dislikes or}[, {flop} put me 2 sleep]'],
    ['{likes} 4 life[, also {popular} tbh]', 'nah {dislikes} aint it[, {flop} was so bad smh]'],
    ['im all about {likes} ngl[, {favourites} hit different]', 'hard pass on {dislikes}[, tried {flops} n quit]'],
    ['{likes} plz & thx[, smth like {favourites}]', 'idk just not {dislikes or}[ n def not {flops or}]'],
    ['gimme {likes}[ n {era}]', 'dont gimme {dislikes}[ n no {flops or} again]'],
    ['u got any {likes}??[ seen {favourites} like 5x]', 'u can keep ur {dislikes} lol[, {flop} too]'],
    ['big {liked} movie nerd here[, {favourite} = goat]', '{disliked} movies = zzz[, {flop} = zzzzz]'],
    ['lol {likes} obviously[, n {popular} w the squad]', 'lol {dislikes} who watches that[, {flops} rly??]'],
    [
      '{likes} >>>> everything[, {favourites} >>>>>>][?recent  esp new ones]',
      '{dislikes} <<<< everything[, {flops} <<<<<<]',
    ],
    ['mood = {likes}[, mood = {era}]', 'not a mood = {dislikes}[, = {flop}]'],
    ['tbh just {likes} n chill[, maybe {favourite} again]', 'tbh {dislikes} make me wanna log off[, same w {flop}]'],
    ['cant stop watchin {likes}[, {favourites} on repeat]', 'cant start watchin {dislikes}[, lasted 5 min w {flop}]'],
    ['{likes} fan since forever, hmu w recs[, {popular} r ok 2]', 'dont hmu w {dislikes}[ or {flops or}]'],
    ['lowkey love {likes}[, highkey love {favourites}]', 'lowkey hate {dislikes}[, highkey hate {flops}]'],
    [
      'some {likes} b4 bed, thats me[, n {favourite} on sundays]',
      'never {dislikes or} b4 bed[, {flop} gave me a headache]',
    ],
    [
      'yo {likes} or nothin[, {favourites} type beat][?popular , if its popular im in]',
      'yo keep it movin w {dislikes}[, {flops} type beat no thx]',
    ],
    [
      'my fyp is all {likes} haha[, got me 2 rewatch {favourites}]',
      'scrollin past {dislikes} haha[, {flop} lemme out]',
    ],
    ['hi im into {liked} films[, mostly {popular}] :)', 'not into {disliked} films[, esp {flops}] :('],
  ],
};
