import type { PageStorage } from './page-storage.ts';

const key = 'plumbline.token';
const wellFormed = /^[\w-]+$/;

/** The token without the blanks that come along when it is copied; null when it can't be one. */
export function readToken(text: string): string | null {
  const token = text.trim();
  return wellFormed.test(token) ? token : null;
}

/** What is needed of the page: where it is, and the way to write that anew. */
export interface Page {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
}

/**
 * The token of this tab: from the fragment `#token=…`, which no server ever sees and which leaves the
 * address bar at once, or the one that the tab was opened with before; null without one.
 */
export function takeToken(page: Page, storage: PageStorage): string | null {
  const { location, history } = page;
  const given = givenToken(page);
  if (given === null) return storage.get(key);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  const token = readToken(given);
  if (token !== null) keepToken(token, storage);
  return token;
}

/** What stands in the fragment `#token=…`; null for nothing. */
export const givenToken = ({ location }: Pick<Page, 'location'>): string | null =>
  new URLSearchParams(location.hash.slice(1)).get('token');

/** Keeps the token for as long as the tab lives. */
export const keepToken = (token: string, storage: PageStorage): void => storage.set(key, token);

/** It was refused. */
export const forgetToken = (storage: PageStorage): void => storage.remove(key);
