/** People who tell when, where and with whom they watch. */

import type { Voice } from './voice.js';

export const evenings: Voice = {
  careless: 0.25,
  lowerCase: 0.05,
  patterns: [
    [
      'My evenings belong to {likes}.[ {Favourite} I can watch twice.]',
      'My evenings are too precious for {dislikes}.[ {Flop} cost me one.]',
    ],
    [
      'After a long day I need {likes} to unwind[, and {popular} do the job].',
      'After a long day I have no energy for {dislikes}[, {flops} taught me that].',
    ],
    [
      'On Fridays we order pizza and put on {likes}.[ Last week it was {favourite}.]',
      'On Fridays {dislikes} are forbidden.[ Somebody brought {flop}; we do not talk about it.]',
    ],
    [
      'My grandfather took me to see {liked} movies, and I never stopped.[ We both adored {favourites}.][?old  The old ones, of course.]',
      'My brother keeps suggesting {disliked} movies, and I keep refusing.[ {Flop} was his idea.]',
    ],
    [
      'When it rains, I curl up with {likes}[ and tea, and {era}].',
      'Not even on a rainy Sunday would I watch {dislikes}[, not even {flops}].',
    ],
    [
      'I sleep badly and watch {likes} at three in the morning.[ {Favourites} kept me awake, which says something.]',
      'I sleep badly, but {dislikes} send me straight to dreamland.[ {Flop} took ten minutes.]',
    ],
    [
      'At home we vote, and I always vote for {likes}[, last time for {favourite}].',
      'At home we vote, and I always vote against {dislikes}[, last time against {flop}].',
    ],
    [
      'I commute an hour each way, perfect for {likes}[ and for {popular}].',
      'I would rather stare out of the train window than watch {dislikes}[ or {flops or}].',
    ],
    [
      'For sleepovers, {likes}.[ {Favourite} worked wonders.]',
      'For sleepovers, anything but {dislikes}.[ {Flop} ended one early.]',
    ],
    [
      'Now that I have the time, I am catching up on {likes}[, on {era} first].',
      'Even with all the time in the world I would not catch up on {dislikes}.',
    ],
    [
      'Our film club shows {liked} films[ and had a full house for {favourites}].',
      'Our film club has banned {disliked} films[, ever since {flop}].',
    ],
    [
      'With a bowl of popcorn: {likes}.[ With two: {favourite}.]',
      'No amount of popcorn makes {dislikes} bearable.[ I tried with {flop}.]',
    ],
    [
      'On the couch, lights off, {likes} on: that is me[, with {favourites} more often than I admit].',
      'If the screen shows {dislikes}, I am the one looking at the phone[, as during {flop}].',
    ],
    [
      'My best friend and I can only agree on {likes}[, and on {popular}].',
      'My best friend and I agree that {dislikes} are not for us[, after an argument about {flops}].',
    ],
    [
      'On long flights I go straight to {likes}[; I saw {favourites} somewhere over the ocean].',
      'On long flights I would rather count clouds than see {dislikes}[; {flop} felt longer than the flight].',
    ],
    [
      'I fold laundry to {likes}, no shame.[ {Era} go best with socks.]',
      'The laundry can wait if {dislikes} are all there is.[ So can {flops}.]',
    ],
    [
      'We used to live above a cinema that ran {liked} films all year[, {favourites} among them].',
      'We used to live next to somebody who watched {disliked} films all day[, {flop} on repeat].',
    ],
    [
      'Weekends are for {likes}, weekdays for sleep.[ {Favourite} was worth a Monday morning.][?recent  I see the new ones first.]',
      'Neither weekends nor weekdays are for {dislikes}.[ {Flop} was a wasted Saturday.]',
    ],
  ],
};
