import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { aboutText, episodeTitle } from '../../../shared/alerts/words.ts';
import { useAlerts, useTelling } from '../../client/alerts-context.tsx';
import { severityWords } from './alert-words.ts';

/** Reads each new alert out once, in whichever view; figures that change are never read out. */
export function AlertAnnouncer() {
  const { state } = useAlerts();
  const telling = useTelling();
  const news = useNews(state);
  const text = news
    .map(({ episode }) => {
      const about = aboutText(episode, telling);
      const told = about === '' ? '' : ` ${about}.`;
      return `${severityWords[episode.severity]}: ${episodeTitle(episode, telling)}.${told}`;
    })
    .join(' ');
  return (
    <p className="visually-hidden" role="alert" data-testid="alert-announcer">
      {text}
    </p>
  );
}

/** The alerts that the latest state has and no earlier one had; they stay until newer ones come. */
function useNews(state: AlertsState | null): AlertsState['current'] {
  const [held, setHeld] = useState<{
    readonly state: AlertsState | null;
    readonly known: ReadonlySet<string>;
    readonly news: AlertsState['current'];
  }>({ state: null, known: new Set(), news: [] });
  if (state === null || state === held.state) return held.news;
  const fresh = state.current.filter(({ episode }) => !held.known.has(episode.id));
  const news = fresh.length === 0 ? held.news : fresh;
  const known = new Set([...held.known, ...fresh.map(({ episode }) => episode.id)]);
  setHeld({ state, known, news });
  return news;
}
