/** Where a person says who they are and what they like. */

import { formatNumber } from '../format.js';
import { facts, signUp } from './session.js';

const LENGTH_MAX = 2000;

export function SignUp() {
  if (facts.value === undefined) return null;
  const { occupations, films } = facts.value;
  return (
    <form
      class="card sign-up"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string): string => form.get(name) as string;
        void signUp({
          age: Number(text('age')),
          gender: text('gender'),
          occupation: text('occupation'),
          likes: text('likes'),
          dislikes: text('dislikes'),
        });
      }}
    >
      <h2>Be a viewer</h2>
      <p class="about">
        {formatNumber(films)} films are here. Say a little about yourself, and twenty of them are picked for you.
      </p>
      <div class="fields">
        <label>
          Age
          <input name="age" type="number" min="1" max="120" step="1" required />
        </label>
        <label>
          Gender
          <select name="gender" required>
            <option value="">choose</option>
            <option value="F">female</option>
            <option value="M">male</option>
          </select>
        </label>
        <label>
          Occupation
          <select name="occupation" required>
            <option value="">choose</option>
            {occupations.map((occupation) => (
              <option key={occupation}>{occupation}</option>
            ))}
          </select>
        </label>
      </div>
      <label>
        What I like
        <textarea
          name="likes"
          rows={3}
          maxLength={LENGTH_MAX}
          placeholder="genres, moods, titles: in your own words, or nothing"
        />
      </label>
      <label>
        What I do not like
        <textarea name="dislikes" rows={2} maxLength={LENGTH_MAX} />
      </label>
      <button type="submit">Sign up</button>
    </form>
  );
}
