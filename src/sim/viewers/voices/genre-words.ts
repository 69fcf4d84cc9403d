/** What viewers call the genres, the commonest words first. */

import type { Random } from '../../../core/random.js';

interface Words {
  /** As nouns: "I like …". */
  readonly alone: readonly string[];
  /** "I like … films". */
  readonly before: readonly string[];
}

export const genreWords: Readonly<Record<string, Words>> = {
  Action: {
    alone: ['action', 'action movies', 'action films', 'car chases', 'fight scenes', 'stunts', 'shoot-em-ups'],
    before: ['action', 'action', 'high-octane', 'action-packed'],
  },
  Adventure: {
    alone: ['adventure', 'adventures', 'adventure stories', 'swashbucklers', 'treasure hunts', 'expeditions'],
    before: ['adventure', 'adventure', 'swashbuckling', 'adventurous'],
  },
  Animation: {
    alone: ['animation', 'cartoons', 'animated films', 'animated movies', 'animated features', 'drawn films'],
    before: ['animated', 'animation', 'cartoon', 'hand-drawn'],
  },
  Comedy: {
    alone: ['comedy', 'comedies', 'funny movies', 'funny stuff', 'jokes', 'comic films', 'slapstick', 'humour'],
    before: ['comedy', 'funny', 'comic', 'humorous'],
  },
  Crime: {
    alone: ['crime', 'crime films', 'gangster movies', 'mob stories', 'heists', 'cop films', 'mafia stuff'],
    before: ['crime', 'gangster', 'mafia', 'heist'],
  },
  Documentary: {
    alone: ['documentaries', 'docs', 'documentary films', 'non-fiction', 'factual films', 'docus'],
    before: ['documentary', 'non-fiction', 'factual'],
  },
  Drama: {
    alone: ['drama', 'dramas', 'serious drama', 'dramatic stuff', 'character studies', 'tearjerkers', 'weepies'],
    before: ['drama', 'dramatic', 'serious', 'weepy'],
  },
  Family: {
    alone: ['family films', 'family movies', 'kids movies', "children's films", 'family stuff', 'kids stuff'],
    before: ['family', "children's", 'kids', 'family-friendly'],
  },
  Fantasy: {
    alone: ['fantasy', 'fantasy films', 'wizards', 'dragons', 'fairy tales', 'swords-and-sorcery', 'magic'],
    before: ['fantasy', 'fairy-tale', 'magical', 'fantastical'],
  },
  History: {
    alone: ['history', 'historical films', 'period pieces', 'costume films', 'history films', 'historical epics'],
    before: ['historical', 'history', 'period', 'costume'],
  },
  Horror: {
    alone: ['horror', 'horror movies', 'scary movies', 'slashers', 'gore', 'horror flicks', 'spooky stuff', 'zombies'],
    before: ['horror', 'scary', 'spooky', 'slasher'],
  },
  Music: {
    alone: ['musicals', 'music films', 'music', 'concert films', 'song and dance', 'singing'],
    before: ['musical', 'music', 'song-and-dance', 'concert'],
  },
  Mystery: {
    alone: ['mystery', 'mysteries', 'whodunits', 'detective stories', 'whodunnits', 'murder mysteries', 'sleuths'],
    before: ['mystery', 'detective', 'whodunit', 'mystery'],
  },
  Romance: {
    alone: ['romance', 'love stories', 'romantic films', 'romantic movies', 'chick flicks', 'kissing', 'mushy stuff'],
    before: ['romance', 'romantic', 'lovey-dovey', 'mushy'],
  },
  'Science Fiction': {
    alone: ['sci-fi', 'science fiction', 'scifi', 'sci fi', 'space stuff', 'SF', 'aliens', 'spaceships', 'robots'],
    before: ['sci-fi', 'science fiction', 'scifi', 'SF', 'space', 'futuristic'],
  },
  Thriller: {
    alone: ['thrillers', 'thriller', 'suspense', 'nail-biters', 'suspense films', 'tense films', 'thrills'],
    before: ['thriller', 'suspense', 'suspenseful', 'nail-biting'],
  },
  War: {
    alone: ['war films', 'war movies', 'war stories', 'war', 'battles', 'soldiers', 'war flicks'],
    before: ['war', 'military', 'wartime', 'combat'],
  },
  Western: {
    alone: ['westerns', 'western', 'cowboy movies', 'cowboys', 'wild west stuff', 'gunslingers', 'horse operas'],
    before: ['western', 'cowboy', 'wild west', 'western'],
  },
};

/** What the two genres together are called, by their names in alphabetical order. */
export const blends: Readonly<Record<string, Words>> = {
  'Action+Adventure': { alone: ['action-adventure', 'action adventures'], before: ['action-adventure'] },
  'Action+Comedy': { alone: ['action comedies', 'buddy cop movies'], before: ['action comedy'] },
  'Action+Science Fiction': { alone: ['sci-fi action', 'space shootouts'], before: ['sci-fi action'] },
  'Comedy+Drama': {
    alone: ['dramedies', 'comedy-dramas', 'bittersweet comedies'],
    before: ['comedy-drama', 'dramedy'],
  },
  'Comedy+Horror': { alone: ['horror comedies', 'scary but funny movies'], before: ['horror comedy'] },
  'Comedy+Romance': { alone: ['romcoms', 'rom-coms', 'romantic comedies'], before: ['romcom', 'romantic comedy'] },
  'Crime+Drama': { alone: ['crime dramas', 'gangster dramas'], before: ['crime drama'] },
  'Crime+Thriller': { alone: ['crime thrillers'], before: ['crime thriller'] },
  'Drama+History': { alone: ['historical dramas', 'costume dramas', 'period dramas'], before: ['costume drama'] },
  'Drama+Romance': { alone: ['romantic dramas', 'sad love stories'], before: ['romantic drama'] },
  'Drama+War': { alone: ['war dramas'], before: ['war drama'] },
  'Horror+Science Fiction': { alone: ['sci-fi horror', 'space monsters'], before: ['sci-fi horror'] },
  'Horror+Thriller': { alone: ['scary thrillers', 'horror thrillers'], before: ['horror thriller'] },
};

const BLENDED_SHARE = 0.4;

/** One wording an entry; the first two genres may share one. */
export function wordGenres(genres: readonly string[], use: keyof Words, draws: Random): string[] {
  const [first = '', second = ''] = genres;
  const blend = blends[first < second ? `${first}+${second}` : `${second}+${first}`];
  const blended = blend !== undefined && draws.uniform() < BLENDED_SHARE;
  const single = (blended ? genres.slice(2) : genres).map((name) => choose(wordsOf(name)[use], draws));
  return blended ? [choose(blend[use], draws), ...single] : single;
}

/** A genre that nobody has another word for is called by its name. */
function wordsOf(name: string): Words {
  const own = name.toLowerCase();
  return genreWords[name] ?? { alone: [own], before: [own] };
}

/** The product of two uniforms is small more often: the first of six is taken by almost half. */
const choose = (words: readonly string[], draws: Random): string =>
  words[Math.floor(draws.uniform() * draws.uniform() * words.length)]!;
