import { useEffect, useState } from 'react';
import type { Episode } from '../../../shared/alerts/episode.ts';
import { useAlerts, useAlertsStore } from '../../client/alerts-context.tsx';
import { answerOf } from '../../client/answer-of.ts';
import type { InboxFilter } from './inbox-entries.ts';

const typingMs = 250;

/** Of the episodes that pass the filter, of those among them that are open, and of all. */
export interface HistoryCounts {
  readonly total: number;
  readonly open: number;
  readonly all: number;
}

/** Episodes as far as they have been read, latest first. */
export interface HistoryView {
  readonly episodes: readonly Episode[];
  /** How many there are; null before the first answer. */
  readonly counts: HistoryCounts | null;
  readonly failure: string | null;
  readonly readMore: () => void;
}

interface Read {
  readonly key: string;
  readonly episodes: readonly Episode[];
  readonly counts: HistoryCounts;
}

/** The episodes that pass a filter, read anew when alerts change; more of them when asked. */
export function useHistory({ text, severity, isOpenOnly }: InboxFilter): HistoryView {
  const { state } = useAlerts();
  const store = useAlertsStore();
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const recent = state?.recent;
  const key = JSON.stringify([text, severity, isOpenOnly]);
  const ask = async (offset: number, before: readonly Episode[]): Promise<Read | null> => {
    const bySeverity = severity === null ? {} : { severity };
    const asked = { text, offset, isOpenOnly, ...bySeverity };
    const answer = await answerOf(store.client.history(asked));
    setFailure(answer.ok ? null : answer.error.message);
    if (!answer.ok) return null;
    const { episodes, ...counts } = answer.value;
    return { key, episodes: joined(before, episodes), counts };
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed list is read anew, whatever it holds.
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(
      () => void ask(0, []).then((first) => (isOver || first === null ? null : setRead(first))),
      typingMs,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key, recent]);
  const known = read?.key === key ? read : null;
  const isUnfiltered = text === '' && severity === null && !isOpenOnly;
  return {
    // Before the first answer what main pushed anyway stands here.
    episodes: known?.episodes ?? (isUnfiltered ? (recent ?? []) : (read?.episodes ?? [])),
    counts: known?.counts ?? null,
    failure,
    readMore: () => {
      if (known === null) return;
      void ask(known.episodes.length, known.episodes).then((more) => more && setRead(more));
    },
  };
}

/** New episodes shift the pages: one that comes twice stands once. */
function joined(before: readonly Episode[], more: readonly Episode[]): Episode[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...more.filter(({ id }) => !known.has(id))];
}
