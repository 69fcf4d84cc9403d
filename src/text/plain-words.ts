/** Words of everyday English: a title made of nothing else is only meant where something shows that it is a title. */

import { wordSet } from './word-lists.js';

/** Carry no meaning of a title by themselves: may be left out or put in. */
export const articles = wordSet('a an the and of da teh');

/** In the form of token.word. */
export const everydayWords = wordSet(`
a about above absolutely across action actor actors actress actually after again against ago ah all almost alone along
alot already alright also although always am amazing among an and another any anybody anymore anyone anything anytime
anyway appreciate are arent around art as ask at atmosphere attention avoid away awesome awful back background bad
badly based basically be beautiful beautifully because become been before began begin behind being believe best better
between beyond big biggest bit bits black blood bloody blue bore bored boring both boy boys brain brains brilliant
bring budget buddy but by call came can cannot cant care cares case cast cause certain chance change character
characters cheap cheesy chill choice choose cinema class classic classics clever close come comes coming complex cool
could couldnt couple course crap crazy critically cry cup cute dark date day days dead deal decent deep definitely
depends depth did didnt die different dirty do does doesnt dog doing dont done doubt down dozen drive dull dumb during
each early easy edge effects either else emotional end ending endings endless endure enjoy enjoyable enjoyed enough
entertain entertaining entertainment epic epics especially etc even evening evenings ever every everybody everyone
everything exactly excellent except excited exciting experience eye eyes face fact fail fair fall family fan fancy
fans far fast father favorite favorites favourite favourites feel feeling feels few film films final finally find fine
finish first flick flicks follow for forced forever forget found fresh friend friends from full fun funny future game
games gave general generally generic genre genres get gets getting girl girls give given gives glad go goes going gone
gonna good got great gritty group guess guilty gun guns guy guys had hadnt half hand hands hang happy happen hard
hardly has hasnt hate hated hates have havent having he head heart hearts heavy hell help her here hero heroes hey
high him his hit hits hold home honest honestly hope hot hour hours house how however huge i id idea if ill im
important in indeed instead intense interest interested interesting into is isnt it its itself ive job joke jokes just
keep keeps kick kid kids kill kind kinda knew know known knows lady large last late lately later laugh laughs laughter
lead leads learn least leave left less let lets level life light like liked likes line lines list listen little live
lives living long longer look looking looks lose lost lot lots loud love loved lovely loves low luv made main
mainstream make makes making man many mate matter may maybe me mean means memory men mention mess might mind mine
minute minutes miss modern moment moments money monster mood more most mostly mother move movie movies much must my
myself name need needs neither never new next nice night nights no nobody none nonsense nope nor normally not nothing
now number obvious of off often oh ok okay old older on once one ones only open opinion or original other others ought
our out over overall overly own part particular particularly parts party pass past patience people perfect perhaps
person pick picks picture pictures piece place plain play please plenty plot plots plus point poor pop popcorn popular
power prefer preferably pretty probably problem proper properly pure put quality question quick quickly quiet quirky
quite rarely rather real really reason recent recently recommend remember rest rewatch right role room run running sad
said same sappy save saw say says scare scared scares scene scenes school script season second see seeing seen self
sense series serious seriously set several shallow shame she shock short should show shows sick side silent silly
simple simply since sit skip sleep slow slowly small smart so soft solid some somebody someone something sometimes
somewhere son soon sorry sort soul sound special spend stand standing star stars start starts stay stick still stop
stories story strange strong stuff stunning stupid style such suck sucks sunday super sure surprise sweet take takes
taking tale tales talk talks taste tears tell tend terrible than thank thanks that thats the their them themselves
then there these they theyre thing things think this those though thought through throughout thru tight till time
times tired to today together told tonight too took top total totally touch trash tried true truly trust try trying
turn twist twists two type types ugh under understand unless until up upon us use used usual usually vengeance version
very vibe vibes view visual visuals wait want wants war was wasnt waste wasted watch watched watching way ways we week
weekend weekends weight weird well went were werent what whatever when where which while white who whole why wild will
wish with without woman women wonderful wont word words work world worst worth would wouldnt write writing wrong yeah
year years yes yet you young your youre
`);

/** Lower-case in so many summaries: a word of the language rather than a name. */
const SUMMARIES_MIN = 3;

/** What films' summaries use as words, not as names: learned, since no list of ours could hold them all. */
export function wordsOfSummaries(summaries: Iterable<string>): Set<string> {
  const counts = new Map<string, number>();
  for (const summary of summaries) {
    const lower = new Set(
      [...summary.matchAll(/(?<![\p{L}\p{N}'’-])\p{Ll}{2,}(?![\p{L}\p{N}])/gu)].map(([word]) => word),
    );
    for (const word of lower) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= SUMMARIES_MIN).map(([word]) => word));
}
