/** The simulated site for a person: sign up, see what is recommended, watch and rate, and see the next list. */

import { render } from 'preact';
import { Deeds } from './deeds.js';
import { Header } from './header.js';
import { Problem } from './problem.js';
import { Recommended } from './recommended.js';
import { Search } from './search.js';
import { person, start } from './session.js';
import { SignUp } from './sign-up.js';

const Page = () => (
  <>
    <Header />
    <main>
      <Problem />
      {person.value === undefined ? <SignUp /> : <Home />}
    </main>
  </>
);

const Home = () => (
  <div class="home">
    <Recommended />
    <div class="aside">
      <Search />
      <Deeds />
    </div>
  </div>
);

void start();
render(<Page />, document.getElementById('app')!);
