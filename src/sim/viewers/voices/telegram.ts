/** Telegram style: fragments, lists and signs. */

import type { Voice } from './voice.js';

export const telegram: Voice = {
  careless: 0.25,
  lowerCase: 0.3,
  patterns: [
    ['{Likes ,}[, {popular}].', '{Dislikes ,}.'],
    ['{Likes /}[ ({favourites ,})]', '{Dislikes /}[ ({flops ,})]'],
    ['Likes: {likes ,}.[ Top: {favourites ,}.]', 'Dislikes: {dislikes ,}.[ Bottom: {flops ,}.]'],
    ['Plus: {likes +}[ + {popular}]', 'Minus: {dislikes -}[ - {flops -}]'],
    ['{Likes ,} = yes[; {favourites ,} = yes yes]', '{Dislikes ,} = no[; {flops ,} = no no]'],
    ['Genres: {likes ,}[; films: {favourites ,}]', 'Genres: {dislikes ,}[; films: {flops ,}]'],
    ['Preferably {likes or}.[ {Era}.]', 'Not {dislikes or}.[ Nor {flops or}.]'],
    ['Always: {likes &}.[ Ever seen {favourite}?]', 'Never: {dislikes &}.[ Ever seen {flop}? Exactly.]'],
    ['Top picks - {likes ,}[ - {favourites ,}]', 'Skip - {dislikes ,}[ - {flops ,}]'],
    ['yes to {likes ,}[, yes to {era}][, yes to {popular}]', 'no to {dislikes ,}[, no to {flops ,}]'],
    ['{LIKES}[. Then {popular}].', '{DISLIKES}. No way.'],
    ['{Liked /} films[. See {favourites}].[?old  Old ones.][?recent  New ones.]', '{Disliked /} films[. See {flops}].'],
    ['Search terms: {likes ,}[, {era}][, {popular}]', 'Exclude: {dislikes ,}[, {flop}]'],
    ['1. {likes ,}[ 2. {popular}]', '1. {dislikes ,}[ 2. {flop}]'],
    ['10/10: {likes ,}[ ({favourite} 11/10)]', '0/10: {dislikes ,}[ ({flop} minus 1)]'],
    ['Must have: {likes or}.[ Nice to have: {era}.]', 'Deal breakers: {dislikes ,}.'],
    ['{Likes ...} more of that[ ... {favourites ...}]', '{Dislikes ...} less of that[ ... {flops ...}]'],
    [
      'Thumbs up for {likes &}[ and {favourites}][?popular  and anything popular]',
      'Thumbs down for {dislikes &}[ and {flops}]',
    ],
  ],
};
