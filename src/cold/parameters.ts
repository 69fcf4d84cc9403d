/** How much each thing that a stranger tells of themselves counts, against the log-popularity of films. */

export interface ColdParameters {
  /** Score of e times as many likes, in the unit of the model's scores: all below are multiples of it. */
  readonly prior: number;
  /** Of a liked genre, for a film of that genre alone. */
  readonly genre: number;
  /** Of the full likeness between a film's text and those of the liked films. */
  readonly text: number;
  /** Of a film of the years that are liked. */
  readonly era: number;
  /** Of e times as much liking in the user's group than elsewhere. */
  readonly group: number;
  /** Of a disliked film, against a liked one. Whoever met it was drawn to it: taking away what is like it does harm. */
  readonly dislikedTitle: number;
  /** Of a disliked genre, against a liked one. */
  readonly dislikedGenre: number;
  /** Of the prior, for who likes what is popular and for who does not. */
  readonly popular: number;
  readonly unpopular: number;
}

/** For scores of the linear autoencoder; how they were chosen: docs/cold-start.md. */
export const coldDefaults: ColdParameters = {
  prior: 0.01,
  genre: 0.8,
  text: 1,
  era: 0.5,
  group: 0.5,
  dislikedTitle: 0,
  dislikedGenre: 1,
  popular: 1.25,
  unpopular: 0.6,
};
