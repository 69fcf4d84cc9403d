/** Where the user to look at is typed or picked. */

import { lookUp } from './lookup.js';
import { addressOf, user } from './route.js';
import { examples } from './service.js';

/** As many as fit on one line of a telephone. */
const LINKS = 5;

export function UserForm() {
  const users = examples.value?.users ?? [];
  return (
    <form
      class="card ask"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('user') as string;
        show(typed.trim());
      }}
    >
      <label for="user">User</label>
      {/* A new field for each user in the address, so that it shows what is shown below. */}
      <input
        key={user.value}
        id="user"
        name="user"
        list="example-users"
        inputMode="numeric"
        autoComplete="off"
        placeholder="a number, such as 42"
        defaultValue={user.value}
        required
      />
      <datalist id="example-users">
        {users.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <button type="submit">Recommend</button>
      {users.length > 0 && (
        <p class="examples">
          or try{' '}
          {users.slice(0, LINKS).map((id) => (
            <a key={id} href={addressOf(id)}>
              {id}
            </a>
          ))}
        </p>
      )}
    </form>
  );
}

function show(typed: string): void {
  if (typed === user.value) void lookUp();
  else location.hash = addressOf(typed);
}
