/** The operators' page: what the service does now, and what it answers any user, and why. */

import { render } from 'preact';
import { Answer } from './answer.js';
import { Header } from './header.js';
import { LiveStrip } from './live-strip.js';
import { followUser } from './lookup.js';
import { Missing } from './missing.js';
import { Observed } from './observed.js';
import { followService } from './service.js';
import { UserForm } from './user-form.js';

const Page = () => (
  <>
    <Header />
    <main>
      <Missing />
      <LiveStrip />
      <Observed />
      <UserForm />
      <Answer />
    </main>
  </>
);

followService();
followUser();
render(<Page />, document.getElementById('app')!);
