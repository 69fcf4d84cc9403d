/** Words that turn what is said: for, against, except. In the form of token.word, `|` between phrases. */

import { phrasesIn, wordSet } from './word-lists.js';

export type CueKind =
  /** What follows is liked. */
  | 'for'
  /** What follows is not liked. */
  | 'against'
  /** Not avoided, so liked; it says nothing new of a dislike. */
  | 'not-against'
  /** What follows is let pass: `I don't mind`. */
  | 'pardon'
  /** What follows is liked less than what stands before. */
  | 'than'
  /** What follows is taken out of what was said before. */
  | 'except'
  /** What stands before, in this clause, is liked or not. */
  | 'for-before'
  | 'against-before'
  /** Looks like a cue and is none. */
  | 'none';

const lists: Readonly<Record<CueKind, string>> = {
  for: `i like|i do like|i really like|i also like|i still like|i only like|i love|i do love|i really love|love|loves
    |loved|adore|enjoy|i enjoy|prefer|rather watch|rather see|give me|gimme|looking for|fond of|big on|fan of
    |favorite|favourite|nothing beats|nothing like|nothing tops|nothing better than|cant get enough|cannot get enough
    |never get enough|never tire of|never get tired of|cant resist|cannot resist|always up for|soft spot for
    |sucker for|all about|cant live without|cant go wrong|not only|not just|yes to|more of`,
  against: `hate|hates|hated|h8|dislike|disliked|avoid|avoiding|loathe|detest|despise|skip|skipping|sick of|tired of
    |fed up with|keep away|keep me away|stay away|staying away|steer clear|spare me|bored by|bored of|bored with
    |allergic to|less|enough of|pass on|save me from|get rid of|leave out|turned off by|put off by|scared of
    |afraid of|run from|anti|no|not|without|minus|never|nor|neither|none of|cant stand|cannot stand|can not stand
    |couldnt stand|cant bear|cannot bear|cant take|cant deal with|cant handle|cant do|instead of|rather than|no more
    |not so much|not much|could do without|can do without|do without|dont do|zero|nope to|wouldnt watch|wont watch
    |would never watch|dont bother|dont show|dont give|dont recommend|dont send|dont want|please no`,
  pardon: `dont mind|do not mind|wouldnt mind|not against|not totally against|not entirely against
    |not completely against|not opposed|not averse|nothing against|no problem with|fine with|ok with|okay with
    |not that i hate|dont hate|do not hate|dont dislike|not hate|can live with|can tolerate|open to|not afraid of
    |not bad|not above|cant complain|no complaints`,
  than: `than|over`,
  except: `except|except for|excluding|unless|anything but|everything but|anything except|everything except
    |anything other than|everything other than|anything apart from|everything apart from|anything besides|all but
    |with the exception of|apart from|aside from|save for|as long as its not|as long as it isnt|provided its not`,
  'for-before': `is fine|are fine|is ok|are ok|is okay|are okay|is good|are good|r good|is great|are great|r great
    |rocks|rock|rules|is my thing|are my thing|is my jam|are my jam|always work|always works|are my favorite
    |is my favorite|are my favourite|is my favourite|works for me|work for me|is awesome|are awesome|is best|are best
    |are welcome|is welcome|is always welcome|never gets old|never get old|does it for me`,
  'against-before': `not for me|isnt for me|arent for me|not my thing|isnt my thing|arent my thing|not my cup of tea
    |not my cup|isnt my cup of tea|arent my cup of tea|not my style|not my taste|not my jam|bores me|bore me|bored me
    |puts me to sleep|put me to sleep|put me off|puts me off|turns me off|turn me off|turned me off|dont do it for me
    |doesnt do it for me|do nothing for me|does nothing for me|did nothing for me|didnt do it for me|no thanks
    |no thank you|no way|not really|sucks|suck|sucked|is boring|are boring|is bad|are bad|annoy me|annoys me
    |leave me cold|leaves me cold|forget it|hard pass|pass please|nope|is not good|are not good|isnt good|arent good
    |is a no go|are a no go|is out|are out|not so much|makes me cringe|make me cringe|not interested|lose me|loses me
    |lost me|overrated`,
  'not-against': `never skip|never miss|never say no to|wouldnt say no to`,
  none: `other than|better than|over and over|over the top|more than anything|over again|no doubt|no matter|no wonder
    |no brainer|no problem|no exceptions|no exception|no contest|not to mention|not sure|no idea|no question
    |not necessarily|no offense|no less|more or less|not afraid to|arent afraid to|isnt afraid to|never fails
    |never fail|never too|not too|not overly|love story|love stories|love affair|love affairs|love triangle
    |love triangles|if not|why not|no reason|never seen|not yet|not always|no particular|not picky|not fussy
    |never ending|no rush|without fail|without a doubt`,
};

export const cuePhrases: ReadonlyMap<string, CueKind> = new Map(
  Object.entries(lists).flatMap(([kind, list]) => phrasesIn(list).map((phrase) => [phrase, kind as CueKind] as const)),
);

/** Before a verb of liking, perhaps with an adverb between, they turn it round. */
export const negators = wordSet(`
  not dont doesnt didnt never cant cannot wont wouldnt couldnt isnt arent wasnt aint hardly barely havent hasnt
  dnt nt
`);
export const likingWords = wordSet(`
  like liked love loved enjoy enjoyed want need care dig get fan into keen big interested crazy fond prefer
  appreciate recommend lik luv
`);
/** After a negator they deny a dislike: `I never skip a western`. */
export const dislikingWords = wordSet('skip avoid miss resist tire complain refuse fault regret stop');
/** By themselves they deny only what follows at once: `no horror`, but `no film beats Fargo`. */
export const bareNegations = wordSet('no not never without minus nor zero less neither anti');

/** Words that may stand between a negator and what it turns. */
export const adverbs = wordSet(`
  really much particularly especially a the that too all very so even always exactly usually generally ever much
  at been be overly terribly of for really my quite huge
`);

/** Begin a clause of its own, in which the field's own meaning holds again. */
export const contrasts = wordSet('but however although though yet whereas otherwise');

/** Before a genre they narrow it: who dislikes cheesy comedies may like comedies. */
export const qualifiers = wordSet(`
  cheesy generic bad dumb slow cheap boring stupid overly too simplistic lame trashy mindless predictable
  pointless formulaic ponderous crappy corny depressing pretentious poorly badly awful terrible endless low
  budget video late early brainless sappy tacky shallow overlong long excessive gratuitous cliche cliched
  weak lazy soulless forced pure really old modern typical standard certain some most loud dull heavy
  over unfunny
`);
/** Behind a genre they narrow it: `thrillers that rely on …`. */
export const restrictions = wordSet('that with where who which when full');
