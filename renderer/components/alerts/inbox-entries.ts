import type { AlertsState, CurrentAlert } from '../../../shared/alerts/alerts-state.ts';
import { type Episode, isOpen } from '../../../shared/alerts/episode.ts';
import type { Severity } from '../../../shared/alerts/rule.ts';
import { aboutText, endWords, type Telling } from '../../../shared/alerts/words.ts';
import { shownTitle, standingWords, toldWords } from './alert-words.ts';

/** What of the inbox is shown. */
export interface InboxFilter {
  readonly text: string;
  /** Null shows all. */
  readonly severity: Severity | null;
  /** What lasts, or what nobody has acknowledged, alone. */
  readonly isOpenOnly: boolean;
}

/** One row of the inbox. */
export interface InboxEntry {
  readonly episode: Episode;
  /** Null where it is history. */
  readonly alert: CurrentAlert | null;
  /** It stands under "Open": it lasts, or nobody has acknowledged it. */
  readonly isOpen: boolean;
  readonly title: string;
  /** Which order an event is about; empty where it is about none. */
  readonly about: string;
  /** How it stands or ended, and how it was told. */
  readonly remark: string;
}

/** What is open, current alerts first and the worst of them on top; then what is done, the latest on top. */
export function inboxEntries(
  state: Pick<AlertsState, 'current'>,
  history: readonly Episode[],
  filter: InboxFilter,
  telling: Telling,
): InboxEntry[] {
  const now = state.current
    .map((alert) => entryOfCurrent(alert, telling))
    .filter((entry) => isWanted(entry, filter));
  const current = new Set(state.current.map(({ episode }) => episode.id));
  const before = history
    .filter(({ id }) => !current.has(id))
    .map((episode) => entryOfHistory(episode, telling));
  const all = [...now, ...before];
  return [...all.filter((entry) => entry.isOpen), ...all.filter((entry) => !entry.isOpen)];
}

const entryOfCurrent = (alert: CurrentAlert, telling: Telling): InboxEntry => ({
  ...{ alert, isOpen: true },
  ...shared(alert.episode, telling),
  remark: [standingWords(alert, telling), toldWords(alert.episode)].join(' · '),
});

const entryOfHistory = (episode: Episode, telling: Telling): InboxEntry => ({
  ...{ alert: null, isOpen: isOpen(episode) },
  ...shared(episode, telling),
  remark: [
    // Of the same day as its start the clock says enough.
    endWords(episode, { ...telling, now: episode.start.at }),
    toldWords(episode),
    episode.isLate ? 'found late' : '',
    episode.acked === null ? 'not acknowledged' : 'acknowledged',
  ]
    .filter((part) => part !== '')
    .join(' · '),
});

const shared = (episode: Episode, telling: Telling) => ({
  episode,
  title: shownTitle(episode, telling),
  about: aboutText(episode, telling),
});

function isWanted({ title, about, episode }: InboxEntry, { text, severity }: InboxFilter): boolean {
  const words = `${title} ${about} ${episode.name} ${episode.plan}`;
  const isFound = words.toLowerCase().includes(text.trim().toLowerCase());
  return isFound && (severity === null || episode.severity === severity);
}
