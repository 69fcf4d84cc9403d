/** People who are still learning English. */

import type { Voice } from './voice.js';

export const broken: Voice = {
  careless: 0.6,
  lowerCase: 0.15,
  patterns: [
    [
      'I like {likes ,}.[ Movie like {favourites ,}.] Good story.',
      'I no like {dislikes or}.[ Not movie like {flops or}.]',
    ],
    ['I am like very much {likes}.[ {Favourite} very good film.]', 'I am not like {dislikes}.[ {Flop} very bad film.]'],
    ['For me is good {likes}[, also {popular}].', 'For me is not good {dislikes}[, also {flops}].'],
    ['{Likes} good.[ {Favourites} good good.]', '{Dislikes} bad.[ {Flops} bad bad.]'],
    ['Please give {likes} for me.[ I see {favourites} already, want same.]', 'Please not give {dislikes} for me.'],
    ['All the time I watching {likes}[, with my friends also {popular}].', 'Never I watching {dislikes}.'],
    [
      'In my country we love {likes}.[ Everywhere is {favourite}.][?old  Old film is better film.]',
      'In my country we not love {dislikes}.',
    ],
    ['My favourite is the {likes}[ and the {era}].', 'My not favourite is the {dislikes}[, for example the {flop}].'],
    ['I want see more {liked} movie[, how {favourites}].', 'I not want see {disliked} movie[, how {flops}].'],
    [
      'Film with {likes} is best film.[ {Favourites} I recommend.][?popular  If popular, is good.]',
      'Film with {dislikes} is make me sleep.',
    ],
    [
      'I learn english with {liked} films.[ From {favourite} I learn much.]',
      'I understand nothing in {disliked} films.',
    ],
    ['{Likes} I am interesting.[ {Popular} I am interesting too.]', '{Dislikes} I am not interesting.'],
    ['Is possible have {likes}? Thank you.[ {Favourites} I liked it.]', 'Is possible not have {dislikes}? Thank you.'],
    [
      'The {liked} films they please me a lot[, {favourites} more of all].',
      'The {disliked} films they please me nothing.',
    ],
    ['Since long time I am fan from {likes}[ and from {popular}].', 'Since long time I am tired from {dislikes}.'],
    [
      'Very nice {likes}, very nice[, like was {favourite}].[?recent  New film only.]',
      'Very boring {dislikes}, very boring[, like was {flop}].',
    ],
    [
      'Me and my sister like {likes}[. She like {favourite}].',
      'Me and my sister fear {dislikes}[. She not like {flop}].',
    ],
    ['I search {likes}[, better {era}].', 'I search not {dislikes}[, I have seen {flops}, was big mistake].'],
  ],
};
