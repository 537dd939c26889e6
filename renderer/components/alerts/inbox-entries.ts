import type { AlertsState, CurrentAlert } from '../../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../../shared/alerts/episode.ts';
import { endWords, episodeTitle, type Telling } from '../../../shared/alerts/words.ts';
import { currentTitle, standingWords, toldWords } from './alert-words.ts';

/** One row of the inbox. */
export interface InboxEntry {
  readonly episode: Episode;
  /** Null where it is history. */
  readonly alert: CurrentAlert | null;
  readonly title: string;
  /** How it stands or ended, and how it was told. */
  readonly remark: string;
}

/** What lasts first, the worst on top; then what was, the latest on top. */
export function inboxEntries(
  state: Pick<AlertsState, 'current'>,
  history: readonly Episode[],
  text: string,
  telling: Telling,
): InboxEntry[] {
  const now = state.current
    .map((alert) => entryOfCurrent(alert, telling))
    .filter(({ title, episode }) => holds(`${title} ${episode.name} ${episode.plan}`, text));
  const lasting = new Set(state.current.map(({ episode }) => episode.id));
  const before = history
    .filter(({ id }) => !lasting.has(id))
    .map((episode) => entryOfHistory(episode, telling));
  return [...now, ...before];
}

const entryOfCurrent = (alert: CurrentAlert, telling: Telling): InboxEntry => ({
  episode: alert.episode,
  alert,
  title: currentTitle(alert, telling),
  remark: [standingWords(alert, telling), toldWords(alert.episode)].join(' · '),
});

const entryOfHistory = (episode: Episode, telling: Telling): InboxEntry => ({
  episode,
  alert: null,
  title: episodeTitle(episode, telling),
  remark: [
    // Of the same day as its start the clock says enough.
    endWords(episode, { ...telling, now: episode.start.at }),
    toldWords(episode),
    episode.isLate ? 'found late' : '',
    episode.acked === null ? '' : 'acknowledged',
  ]
    .filter((part) => part !== '')
    .join(' · '),
});

const holds = (words: string, text: string): boolean =>
  words.toLowerCase().includes(text.trim().toLowerCase());
