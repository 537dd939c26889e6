import type { Root } from 'react-dom/client';
import { App } from './app.tsx';
import { speakFeed } from './client/bridge.ts';
import { openFeed } from './client/feed-client.ts';
import { lookOfAddress, PageLook } from './client/feed-look.ts';
import { forgetToken, givenToken, keepToken, takeToken } from './client/feed-token.ts';
import { pageStorage } from './client/page-storage.ts';
import { realClock } from './client/ticker.ts';
import { TokenForm } from './components/token-form.tsx';
import { pageOf } from './page.tsx';
import { isWall, Wall } from './views/wall.tsx';

/** Shows the views, or the wall display, from the feed that serves this page; asks for the token first. */
export function openBrowserView(root: Root): void {
  const tokens = pageStorage('sessionStorage');
  const look = new PageLook(pageStorage('localStorage'), lookOfAddress(location.search));
  // The settings are not known before the token is: the form is at least as the address wants it.
  document.documentElement.dataset.theme = look.theme() ?? 'system';
  const ask = (problem: string): void =>
    root.render(
      <TokenForm
        problem={problem}
        onToken={(token) => {
          keepToken(token, tokens);
          enter(token);
        }}
      />,
    );
  const enter = (token: string): void => {
    const feed = openFeed({
      ...{ token, look, clock: realClock, random: Math.random },
      fetch: (path, init) => fetch(path, init),
    });
    speakFeed(feed.client);
    let isShown = false;
    feed.link.subscribe(() => {
      if (feed.link.state().kind === 'refused') {
        forgetToken(tokens);
        ask('Plumbline does not know this token, or no longer.');
      } else if (!isShown) {
        // Not before it is known whether the token is: else figures would flash up as an empty page.
        isShown = true;
        root.render(pageOf(feed.client, feed.link, isWall ? <Wall /> : <App />));
      }
    });
  };
  const token = takeToken(window, tokens);
  if (token === null) ask('');
  else enter(token);
  // An address with another token, pasted into this tab, loads nothing by itself.
  window.addEventListener('hashchange', () => {
    if (givenToken(window) !== null && takeToken(window, tokens) !== null) location.reload();
  });
}
