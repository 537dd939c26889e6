import { aboutText, clockText } from '../../shared/alerts/words.ts';
import { useAlerts, useTelling } from '../client/alerts-context.tsx';
import { Acts } from './acts.tsx';
import { type SnoozeFor, useAlertChoices } from './alerts/alert-actions.ts';
import { shownTitle, standingWords } from './alerts/alert-words.ts';
import { openEpisode } from './alerts/open-episode.ts';
import { SeverityMark } from './alerts/severity-mark.tsx';
import { SnoozeMenu } from './alerts/snooze-menu.tsx';
import { oneOfEachScope, type StripLine, stripLines } from './alerts/strip-lines.ts';

const mostLines = 3;

/** What fires now, the worst first; nothing when all is quiet. */
export function AlertStrip() {
  const { state } = useAlerts();
  if (state === null) return null;
  const lines = stripLines(state.current);
  const shown = lines.slice(0, mostLines);
  const more = lines.length - shown.length;
  if (shown.length === 0 && state.snoozedUntil === null) return null;
  return (
    <section className="alert-strip" data-testid="alert-strip" aria-label="Alerts">
      {shown.length === 0 ? null : (
        <ul>
          {shown.map((line) => (
            <AlertLine key={line.alert.episode.id} line={line} />
          ))}
        </ul>
      )}
      {more === 0 && state.snoozedUntil === null ? null : (
        <Foot more={more} snoozedUntil={state.snoozedUntil} />
      )}
    </section>
  );
}

function AlertLine({ line: { alert, all } }: { line: StripLine }) {
  const telling = useTelling();
  const { ack, snooze, endSnooze } = useAlertChoices();
  const { episode, snoozedUntil } = alert;
  const times = all.length === 1 ? '' : ` ×${all.length}`;
  const title = `${shownTitle(episode, telling)}${times}`;
  const about = aboutText(episode, telling);
  const standing = standingWords(alert, telling);
  const ackAll = (): void => {
    for (const each of all) ack(each.episode.id);
  };
  const snoozeAll = (span: SnoozeFor): void => {
    for (const each of oneOfEachScope(all)) snooze(each.episode.id, span);
  };
  return (
    <li className="alert-line" data-severity={episode.severity} data-testid="alert-line">
      <SeverityMark severity={episode.severity} />
      <button
        type="button"
        className="alert-title"
        title={[title, about, standing].filter((part) => part !== '').join(' · ')}
        onClick={() => openEpisode(episode.id)}
      >
        <bdi>{title}</bdi>
        {about === '' ? null : <bdi className="alert-about">{about}</bdi>}{' '}
        <span className="dim">{standing}</span>
      </button>
      <Acts>
        {episode.acked === null ? (
          <button type="button" className="action" aria-label={`Ack: ${title}`} onClick={ackAll}>
            Ack
          </button>
        ) : null}
        {snoozedUntil === null ? (
          <SnoozeMenu
            what={title}
            of={alert.state === 'event' ? 'event' : 'alert'}
            onSnooze={snoozeAll}
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
      </Acts>
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
          Alerts snoozed until {clockText(snoozedUntil, telling)}
          <Acts>
            {' · '}
            <button
              type="button"
              className="link"
              aria-label="end the snooze of all alerts"
              onClick={() => endSnooze(null)}
            >
              end
            </button>
          </Acts>
        </span>
      )}
    </p>
  );
}
