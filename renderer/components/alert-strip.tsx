import type { CurrentAlert } from '../../shared/alerts/alerts-state.ts';
import { clockText } from '../../shared/alerts/words.ts';
import { useAlerts, useTelling } from '../client/alerts-context.tsx';
import { useAlertChoices } from './alerts/alert-actions.ts';
import { currentTitle, standingWords } from './alerts/alert-words.ts';
import { openEpisode } from './alerts/open-episode.ts';
import { SeverityMark } from './alerts/severity-mark.tsx';
import { SnoozeMenu } from './alerts/snooze-menu.tsx';

const mostLines = 3;

/** What fires now, the worst first; nothing when all is quiet. */
export function AlertStrip() {
  const { state } = useAlerts();
  if (state === null) return null;
  const shown = state.current.slice(0, mostLines);
  const more = state.current.length - shown.length;
  if (shown.length === 0 && state.snoozedUntil === null) return null;
  return (
    <section className="alert-strip" data-testid="alert-strip" aria-label="Alerts">
      {shown.length === 0 ? null : (
        <ul>
          {shown.map((alert) => (
            <AlertLine key={alert.episode.id} alert={alert} />
          ))}
        </ul>
      )}
      {more === 0 && state.snoozedUntil === null ? null : (
        <Foot more={more} snoozedUntil={state.snoozedUntil} />
      )}
    </section>
  );
}

function AlertLine({ alert }: { alert: CurrentAlert }) {
  const telling = useTelling();
  const { ack, snooze, endSnooze } = useAlertChoices();
  const { episode, snoozedUntil } = alert;
  const title = currentTitle(alert, telling);
  const standing = standingWords(alert, telling);
  return (
    <li className="alert-line" data-severity={episode.severity} data-testid="alert-line">
      <SeverityMark severity={episode.severity} />
      <button
        type="button"
        className="alert-title"
        title={`${title} · ${standing}`}
        onClick={() => openEpisode(episode.id)}
      >
        <bdi>{title}</bdi> <span className="dim">{standing}</span>
      </button>
      {episode.acked === null ? (
        <button
          type="button"
          className="action"
          aria-label={`Ack: ${title}`}
          onClick={() => ack(episode.id)}
        >
          Ack
        </button>
      ) : null}
      {snoozedUntil === null ? (
        <SnoozeMenu
          what={title}
          of={alert.state === 'event' ? 'event' : 'alert'}
          onSnooze={(span) => snooze(episode.id, span)}
        />
      ) : (
        <button
          type="button"
          className="action"
          aria-label={`End snooze of ${title}`}
          onClick={() => endSnooze(episode.id)}
        >
          End snooze
        </button>
      )}
    </li>
  );
}

function Foot({ more, snoozedUntil }: { more: number; snoozedUntil: string | null }) {
  const telling = useTelling();
  const { endSnooze } = useAlertChoices();
  return (
    <p className="alert-foot">
      {more === 0 ? null : (
        <button type="button" className="link" onClick={() => openEpisode(null)}>
          {more} more
        </button>
      )}
      {snoozedUntil === null ? null : (
        <span data-testid="all-snoozed">
          Alerts snoozed until {clockText(snoozedUntil, telling)} ·{' '}
          <button
            type="button"
            className="link"
            aria-label="end the snooze of all alerts"
            onClick={() => endSnooze(null)}
          >
            end
          </button>
        </span>
      )}
    </p>
  );
}
