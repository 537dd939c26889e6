import type { FeedState } from '../../shared/feed.ts';

/** Why nobody can read the local feed now, and what changes that. */
export function feedNote(feed: Exclude<FeedState, { kind: 'on' }>): string {
  switch (feed.kind) {
    case 'off':
      return 'Off. "feed": {"enabled": true} in settings.json switches it on, for scripts, dashboards and browsers on this machine.';
    case 'starting':
      return 'Starting.';
    case 'failed':
      return `Not on. ${feed.message}`;
  }
}
