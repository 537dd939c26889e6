import { type FormEvent, useState } from 'react';
import { readToken } from '../client/feed-token.ts';

interface Props {
  /** Why the last one did not do; empty at first. */
  problem: string;
  onToken: (token: string) => void;
}

const noToken = 'A token is made of letters, digits, hyphens and underscores.';

/** Asks for what a browser needs to read the feed. */
export function TokenForm({ problem, onToken }: Props) {
  const [text, setText] = useState('');
  const [mistake, setMistake] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const token = readToken(text);
    setMistake(token === null ? noToken : '');
    if (token !== null) onToken(token);
  };
  const said = mistake === '' ? problem : mistake;
  return (
    <main className="token-page">
      <form className="token-form" data-testid="token-form" onSubmit={submit}>
        <h1>Plumbline</h1>
        <p id="token-where">
          This page needs a token to read the figures. It stands in <code>feed-tokens.json</code> in
          Plumbline's folder, and <code>plumbline tokens --add NAME</code> prints another.
        </p>
        <label htmlFor="token">Token</label>
        <div className="token-line">
          {/* Not a password field: the browser would offer to keep it. */}
          <input
            id="token"
            type="text"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            aria-describedby="token-where"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" className="action">
            Show the figures
          </button>
        </div>
        <p className="problem" role="alert">
          {said}
        </p>
      </form>
    </main>
  );
}
