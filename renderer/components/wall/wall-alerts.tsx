import { aboutText, clockText } from '../../../shared/alerts/words.ts';
import { useAlerts, useTelling } from '../../client/alerts-context.tsx';
import { shownTitle, standingWords } from '../alerts/alert-words.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { type StripLine, stripLines } from '../alerts/strip-lines.ts';

/** As many as there is always room for. */
const mostLines = 3;

/** What stands now, the worst first; its room is kept when all is quiet. */
export function WallAlerts() {
  const { state } = useAlerts();
  const telling = useTelling();
  const lines = stripLines(state?.current ?? []);
  const more = lines.length - mostLines;
  return (
    <section className="wall-alerts" data-testid="alert-strip" aria-labelledby="wall-alerts">
      <h2 id="wall-alerts">
        Alerts
        {more > 0 ? <span> · {more} more</span> : null}
        {state == null || state.snoozedUntil === null ? null : (
          <span> · snoozed until {clockText(state.snoozedUntil, telling)}</span>
        )}
      </h2>
      {lines.length === 0 ? (
        <p className="wall-note">{quietText(state?.isReady ?? false)}</p>
      ) : (
        <ul>
          {lines.slice(0, mostLines).map((line) => (
            <Line key={line.alert.episode.id} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

const quietText = (isReady: boolean): string =>
  isReady ? 'None stands.' : 'The alerts are being read.';

function Line({ line: { alert, all } }: { line: StripLine }) {
  const telling = useTelling();
  const { episode } = alert;
  const about = aboutText(episode, telling);
  return (
    <li data-severity={episode.severity} data-testid="alert-line">
      <SeverityMark severity={episode.severity} />
      <p className="wall-note">
        {[about, standingWords(alert, telling)].filter((part) => part !== '').join(' · ')}
      </p>
      <p>
        <bdi>{shownTitle(episode, telling)}</bdi>
        {all.length === 1 ? '' : ` ×${all.length}`}
      </p>
    </li>
  );
}
