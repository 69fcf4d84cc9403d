/** Words that invented titles and overviews are made of. */

export const adjectives = [
  ...['Last', 'Silent', 'Crooked', 'Golden', 'Hollow', 'Second', 'Bitter', 'Distant', 'Paper', 'Broken', 'Northern'],
  ...['Burning', 'Secret', 'Lonely', 'Electric', 'Frozen', 'Wicked', 'Gentle', 'Endless', 'Forgotten', 'Scarlet'],
  ...['Invisible', 'Midnight', 'Reckless', 'Borrowed', 'Hungry', 'Velvet', 'Seventh', 'Stolen', 'Restless', 'Pale'],
];

export const nouns = [
  ...['Orchard', 'Lighthouse', 'Witness', 'Garden', 'Stranger', 'Winter', 'Harbor', 'Mirror', 'Tango', 'Letter'],
  ...['Sparrow', 'Engine', 'River', 'Daughter', 'Carnival', 'Shadow', 'Kingdom', 'Wedding', 'Island', 'Fortune'],
  ...['Detective', 'Machine', 'Promise', 'Highway', 'Thief', 'Horizon', 'Circus', 'Soldier', 'Balcony', 'Comet'],
  ...['Piano', 'Verdict', 'Ghost', 'Station', 'Bakery', 'Castle', 'Debt', 'Echo', 'Fable', 'Storm', 'Wolf', 'Clock'],
];

export const names = [
  ...['Marta', 'Odile', 'Walter', 'Inez', 'Tobias', 'Renée', 'Kenji', 'Zoë', 'Håkan', 'Priya', 'Amélie', 'Boris'],
  ...['Lucía', 'Theo', 'Nadia', 'Oscar', 'Björn', 'Ruth', 'Mr. Bell', 'Dr. Quist', 'Captain Moor', 'Aunt Fay'],
];

export const places = [
  ...['Lisbon', 'Nebraska', 'the Valley', 'Trieste', 'Hollow Creek', 'Saturn', 'Osaka', 'the North', 'Montréal'],
  ...['Avenue B', 'the Deep', 'Harlem', 'Kerala', 'the Old Town', 'Reykjavik', 'Bear Lake', 'the Fourth Floor'],
];

export const doings = [
  ...['Waiting for', 'Chasing', 'Remembering', 'Leaving', 'Stealing', 'Burying', 'Finding', 'Painting', 'Marrying'],
];

export const quests = [
  ...['to clear an old name', 'to win back the family business', 'to find out who sent the letters'],
  ...['to get across the border before dawn', 'to save the last cinema in town', 'to forget what happened that summer'],
  ...['to pull off one more job', 'to bring a lost child home', 'to prove everyone wrong', 'to keep a promise'],
];

export const turns = [
  ...['Nothing goes as planned.', 'What they find changes both of them.', 'Then the past comes knocking.'],
  ...['But someone has been watching all along.', 'Along the way, an unlikely friendship grows.'],
  ...['The price turns out to be higher than anyone thought.', 'Only one of them is telling the truth.'],
];

export const callings = [
  ...['a retired boxer', 'a young widow', 'two estranged brothers', 'a night nurse', 'a failed magician'],
  ...['a country vet', 'a runaway heiress', 'an honest cop', 'a lonely programmer', 'three best friends'],
];
