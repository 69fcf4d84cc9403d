/**
 * Another process that keeps writing into a state. Arguments: the compiled state module, the folder. Each transaction rates film 0
 * anew for every user and counts itself: a reader of one moment finds one time in all histories, and that time in the count.
 * Ends by itself after a minute, should the test that started it be killed.
 */

const [stateUrl, folder] = process.argv.slice(2);
const { openState } = await import(stateUrl);
const state = openState(folder).value;

const end = Date.now() + 60_000;
for (let n = state.lines.get('commits') + 1; Date.now() < end; n++) {
  state.transaction(() => {
    for (let user = 0; user < 500; user++) {
      state.histories.merge(user, [{ film: 0, rating: 1, minutes: null, timeMs: n * 1000 }]);
    }
    state.films.put({ id: 'a', title: String(n), year: null, genres: [] });
    state.lines.add('commits', 1);
  });
  if (n === 2) console.log('writing');
}
