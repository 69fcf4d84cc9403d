/** A local profile and what a model read in the same text: the model adds and corrects, and takes away nothing it is silent on. */

import type { Genre } from '../genre-words.js';
import type { GenreTaste, Profile } from '../profile.js';
import type { Accepted } from './accept.js';

export function merged(local: Profile, model: Accepted): Profile {
  const titles = sides(local.likedTitles, local.dislikedTitles, model.likedTitles, model.dislikedTitles);
  const genres = sides(
    ...([local.likedGenres.map(({ genre }) => genre), local.dislikedGenres.map(({ genre }) => genre)] as const),
    ...([model.likedGenres, model.dislikedGenres] as const),
  );
  return {
    ...local,
    ...{ likedTitles: titles.liked, dislikedTitles: titles.disliked },
    likedGenres: genres.liked.map(tastesOf(local.likedGenres)),
    dislikedGenres: genres.disliked.map(tastesOf(local.dislikedGenres)),
    era: model.era ?? local.era,
    popular: model.popular ?? local.popular,
  };
}

/** Local things first, less those that the model puts on the other side; each once. */
function sides<Thing>(
  localLiked: readonly Thing[],
  localDisliked: readonly Thing[],
  liked: readonly Thing[],
  disliked: readonly Thing[],
): { liked: Thing[]; disliked: Thing[] } {
  const joined = (local: readonly Thing[], said: readonly Thing[], opposite: readonly Thing[]): Thing[] => [
    ...new Set([...local.filter((thing) => !opposite.includes(thing)), ...said]),
  ];
  return { liked: joined(localLiked, liked, disliked), disliked: joined(localDisliked, disliked, liked) };
}

/** The model does not say how strong a taste is; where the local reader does, that stands. */
const tastesOf =
  (local: readonly GenreTaste[]) =>
  (genre: Genre): GenreTaste =>
    local.find((taste) => taste.genre === genre) ?? { genre, strength: 1 };
