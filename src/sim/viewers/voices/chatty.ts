/** Talkers: they write as they speak. */

import type { Voice } from './voice.js';

export const chatty: Voice = {
  careless: 0.35,
  lowerCase: 0.1,
  patterns: [
    [
      "So yeah, I'm basically always up for {likes}[, you know, stuff like {favourites}].",
      "Yeah no, {dislikes} just don't do it for me[, and don't get me started on {flop}].",
    ],
    [
      "Well, what can I say, it's {likes} for me[, and okay, {popular} too].",
      "Honestly? {Dislikes}. Can't do it[, and {flops} proved it].",
    ],
    [
      'Okay so I could talk about {likes} all day[, have you seen {favourite}?? you should].',
      'I mean, who even watches {dislikes}?[ My cousin made me sit through {flop} and, well, no.]',
    ],
    [
      'Oh, {likes}, hands down.[ I must have seen {favourites} like ten times.]',
      'Ugh, {dislikes}.[ I tried with {flops}, I really did.]',
    ],
    [
      "You'd laugh, but I'm really into {liked} movies[, {favourite} and so on].",
      'Call me weird but {disliked} movies are a no from me[, {flop} included].',
    ],
    [
      "Let me think... {likes}, I'd say[, and to be honest mostly {popular}].",
      "Let me think... {dislikes}, that's about it[, oh and {flops}].",
    ],
    [
      "Hi! Into {likes} mostly[, and hey, if it's anything like {favourite}, even better].",
      'Hmm, {dislikes}? Nah. Anything but that.[ And nothing like {flop}, please!]',
    ],
    [
      "Between you and me, I'm a sucker for {likes}[, and I will fight anyone over {favourites}].",
      'Between you and me, I fall asleep during {dislikes}[, and I snored through {flop}].',
    ],
    [
      "Any {liked} film, really, I'm easy[, though {popular} are a safe bet with me].",
      "I'm easy, just not {dislikes}, okay?[ Looking at you, {flop}.]",
    ],
    [
      "I guess I'm one of those {liked} movie people[, what with {favourites} on my shelf].",
      "Definitely not one of those {disliked} movie people[, {flop} was, like, two hours I won't get back].",
    ],
    [
      'My thing is {likes}, has been for ages.[ And yes, I do watch {popular}, sue me.]',
      'Not my thing: {dislikes}.[ And before you ask, yes, I did give {flop} a try.]',
    ],
    [
      "Right, so, {likes}.[ And if there's {era}, throw them in.]",
      'Right, so, not {dislikes or}.[ Not {flops or} either, come on.]',
    ],
    [
      'You know that feeling after two {liked} films in a row? That.[ {Favourite} does it, too.]',
      'You know that feeling when somebody picks {disliked} films? Yeah, no.',
    ],
    [
      'Gotta be {likes}, gotta be[, just look at {favourites}].',
      "Can't stand {dislikes}, never could[, {flops} least of all].",
    ],
    [
      "Anyway, {likes} it is![ {Favourite}, chef's kiss.]",
      'Anyway, keep {dislikes} away from me, haha.[ {Flop}, yikes.]',
    ],
    [
      'I could live on {likes} and popcorn[, {era} if I get to pick].',
      "I'd rather do the dishes than watch {dislikes}[, or {flop} again].",
    ],
    [
      "If it's {likes or}, count me in[, if it's {popular}, double]!",
      "If it's {dislikes or}, count me out[, same goes for {flops}].",
    ],
    [
      'Kinda obsessed with {likes} right now[, thanks to {favourites}].[?recent  New stuff, mostly.][?old  The older the better, I swear.]',
      'Kinda done with {dislikes} right now[, thanks to {flops}].',
    ],
  ],
};
