import { useEffect, useState } from 'react';
import type { Episode } from '../../../shared/alerts/episode.ts';
import { useAlerts, useAlertsStore } from '../../client/alerts-context.tsx';
import { answerOf } from '../../client/answer-of.ts';

const typingMs = 250;

/** Episodes as far as they have been read, latest first. */
export interface HistoryView {
  readonly episodes: readonly Episode[];
  /** All that there are with the text in them; null before the first answer. */
  readonly total: number | null;
  readonly failure: string | null;
  readonly readMore: () => void;
}

interface Read {
  readonly text: string;
  readonly episodes: readonly Episode[];
  readonly total: number;
}

/** The episodes with a text in them, read anew when alerts change; more of them when asked. */
export function useHistory(text: string): HistoryView {
  const { state } = useAlerts();
  const store = useAlertsStore();
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const recent = state?.recent;
  const ask = async (offset: number, before: readonly Episode[]): Promise<Read | null> => {
    const answer = await answerOf(store.client.history({ text, offset }));
    setFailure(answer.ok ? null : answer.error.message);
    if (!answer.ok) return null;
    return { text, episodes: joined(before, answer.value.episodes), total: answer.value.total };
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
  }, [text, recent]);
  const known = read?.text === text ? read : null;
  return {
    // Before the first answer what main pushed anyway stands here.
    episodes: known?.episodes ?? (text === '' ? (recent ?? []) : (read?.episodes ?? [])),
    total: known?.total ?? null,
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
