/** People who read about films, and show it. */

import type { Voice } from './voice.js';

export const connoisseur: Voice = {
  careless: 0.05,
  lowerCase: 0,
  patterns: [
    [
      'Well-crafted {likes} with a strong script[, in the tradition of {favourites}].',
      'Formulaic {dislikes} without a single idea[, in the tradition of {flops}].',
    ],
    [
      'I admire mise-en-scène and pacing, and find both in {liked} films[ like {favourites}].',
      'I find {disliked} films clichéd[; {flop} is one long cliché].',
    ],
    [
      '{Likes} by directors who trust their audience[; {favourite} rewards a second viewing].',
      '{Dislikes} that tell you what to feel[; {flop} does not reward a first viewing].',
    ],
    [
      'An aficionado of {likes}[, and an unrepentant defender of {popular}].',
      'A sceptic when it comes to {dislikes}[, and not naïve enough for {flops or}].',
    ],
    [
      'Give me texture, ambiguity and {likes}[: {favourites}, to name but a few].',
      'Spare me the déjà vu of {dislikes}[: {flops}, to name but a few].',
    ],
    [
      'Cinematography first, and hence {liked} films[, {era} above all].',
      'I cannot forgive bad editing, and hence avoid {disliked} films[, {flop} above all].',
    ],
    [
      'I keep a diary of every film; {likes} get the longest entries[, {favourite} four pages].',
      'I keep a diary of every film; {dislikes} get one line[, {flop} one word].',
    ],
    [
      'The canon bores me, {likes} do not[, and {favourite} belongs in any canon].',
      'Call me blasé, but {dislikes} have nothing left to say[, as {flops} made plain].',
    ],
    [
      'Strong performances, smart dialogue: {likes}, in short[, whether obscure or among {popular}].',
      'Wooden acting, lazy plots: {dislikes}, in short[, with {flops} as the low point].',
    ],
    [
      'My ideal double feature: {likes} twice over[, starting with {favourite}].',
      'My idea of purgatory: {dislikes} on a loop[, starting with {flop}].',
    ],
    [
      'A good score and patient storytelling draw me to {likes}[ and to {era}].',
      'Shaky cameras and loud scores keep me from {dislikes}[ and from {flops}].',
    ],
    [
      'Thought-provoking {liked} pictures[, e.g. {favourites}], preferably seen on a big screen.',
      'Disposable {disliked} pictures[, e.g. {flops}], on any screen.',
    ],
    [
      'Criterion shelf aside, I return to {likes}[; {favourite} is a minor masterpiece].',
      'Critics may rave, I still resist {dislikes}[; {flop} is a major disappointment].',
    ],
    [
      'Auteurs, subtitles and {likes}: festival taste, and proud of it[. {Favourites} had me at the first shot].',
      'Whatever the festival, I skip the {disliked} section[. {Flops} had me looking for the exit].',
    ],
    [
      'I write scripts that nobody reads and learn from {liked} films[, from {favourites} most of all].',
      'I write scripts that nobody reads, and still better ones than {disliked} films have[, {flops} to begin with].',
    ],
    [
      'Craft matters more to me than genre, but {likes} have the most of it[; witness {favourites}].[?old  The old masters knew it.]',
      'Genre is no excuse: {dislikes} lack craft[; witness {flops}].',
    ],
    [
      'Subversive, layered, alive: {likes} at their best[, {favourite} at its most quotable].',
      'Shallow, predictable, overlong: {dislikes} at their usual[, {flop} at its worst].',
    ],
    [
      'I collect posters of {liked} films[, {era} for the most part][; {favourite} hangs above my desk].',
      'No poster of {disliked} films will ever hang here[, least of all one of {flops or}].',
    ],
  ],
};
