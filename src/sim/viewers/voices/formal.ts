/** Careful writers of whole, rather British sentences. */

import type { Voice } from './voice.js';

export const formal: Voice = {
  careless: 0.05,
  lowerCase: 0,
  patterns: [
    [
      'I particularly appreciate {likes}[; {favourites} may serve as examples].',
      'I have little patience with {dislikes}[; {flops} may serve as examples].',
    ],
    [
      'My preferences lie with {liked} cinema[, and within it with {popular}].',
      'My aversions lie with {disliked} cinema[, {flop} being a case in point].',
    ],
    [
      'I should be grateful for recommendations of {liked} films[ comparable to {favourites}].',
      'I should be grateful not to be offered {disliked} films[ comparable to {flops}].',
    ],
    [
      'As a rule I favour {likes}[, with a marked preference for {era}].',
      'As a rule I decline {dislikes}[, with {flops} as a warning].',
    ],
    [
      'Amongst all genres, I hold {likes} in the highest regard.[ I recall {favourites} with pleasure.]',
      'Amongst all genres, I hold {dislikes} in the lowest regard.[ I recall {flops} with dismay.]',
    ],
    [
      'It is chiefly {likes} that I seek out[, although I do not disdain {popular}].',
      'It is chiefly {dislikes} that I would ask you to leave out.',
    ],
    [
      'I have a lifelong fondness for {likes}[, kindled by {favourite}].',
      'I have never been able to warm to {dislikes}[, and {flop} did not help].',
    ],
    [
      'Kindly recommend {likes}.[ Should you know more works in the manner of {favourites}, so much the better.]',
      'Kindly refrain from recommending {dislikes}.[ {Flops} cured me for good.]',
    ],
    [
      'I derive great enjoyment from well-made {liked} films[, notably {favourites}].',
      'I derive no enjoyment whatsoever from {disliked} films[, notably {flops}].',
    ],
    [
      'For an evening of leisure I would select {likes}[ and, by preference, {era}].',
      'Under no circumstances would I select {dislikes}.',
    ],
    [
      'My interests comprise {likes}[ as well as {popular}].',
      'My interests do not comprise {dislikes}[, nor works such as {flops}].',
    ],
    [
      'I am an admirer of {likes}[; few films have moved me as {favourite} has].',
      'I am no admirer of {dislikes}[; few films have wearied me as {flop} has].',
    ],
    [
      'Were I to choose, I would choose {likes or}[, most probably {popular}].',
      'Were I to choose, I would not choose {dislikes or}[, nor indeed {flops or}].',
    ],
    [
      'I find {liked} films rewarding[, as {favourites} taught me].[?old  They may well be old.]',
      'I find {disliked} films tiresome[, as {flops} taught me].',
    ],
    [
      'Please note my strong interest in {likes}.[ I own copies of {favourites}.]',
      'Please note my strong objection to {dislikes}.[ I regretted buying a ticket for {flop}.]',
    ],
    [
      'I would describe my taste as centred on {likes}[ and inclined towards {era}].',
      'I would describe {dislikes} as quite outside my taste.',
    ],
    [
      'With respect to film, I value {likes} above all else[, {favourites} foremost].',
      'With respect to film, I could dispense with {dislikes} altogether[, {flops} foremost].',
    ],
    [
      'Nothing pleases me more than {likes}[, unless it be {favourite}].',
      'Nothing pleases me less than {dislikes}[, unless it be {flop}].',
    ],
  ],
};
