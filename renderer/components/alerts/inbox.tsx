import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { useTelling } from '../../client/alerts-context.tsx';
import { alertsPage, useAlertsPlace } from '../../views/alerts-page.ts';
import { episodeById } from './chosen-alert.ts';
import { EpisodeDetail } from './episode-detail.tsx';
import { inboxEntries } from './inbox-entries.ts';
import { InboxList } from './inbox-list.tsx';
import { useHistory } from './use-history.ts';

/** What fires and what has fired: the truth about alerts, however they were told. */
export function Inbox({ state }: { state: AlertsState }) {
  const [text, setText] = useState('');
  const telling = useTelling();
  const history = useHistory(text);
  const { episodeId } = useAlertsPlace();
  const entries = inboxEntries(state, history.episodes, text, telling);
  const chosen =
    entries.find(({ episode }) => episode.id === episodeId)?.episode ??
    episodeById(state, episodeId);
  if (entries.length === 0 && text === '') return <NothingYet state={state} />;
  return (
    <div className="inbox">
      <div className="inbox-rows">
        <Filter text={text} onChange={setText} count={history.total} />
        {history.failure === null ? null : (
          <p className="problem">{`The history could not be read. ${history.failure}`}</p>
        )}
        <InboxList entries={entries} chosenId={chosen?.id ?? null} />
        {entries.length === 0 ? (
          <p className="note">No alert has this text in its title, name or plan.</p>
        ) : null}
        {history.total !== null && history.episodes.length < history.total ? (
          <button type="button" className="action" onClick={history.readMore}>
            Show more
          </button>
        ) : null}
      </div>
      {chosen === null ? (
        <p className="inbox-hint note">
          Choose an alert to see its values and what was told of it.
        </p>
      ) : (
        <EpisodeDetail key={chosen.id} episode={chosen} state={state} />
      )}
    </div>
  );
}

interface FilterProps {
  text: string;
  count: number | null;
  onChange: (text: string) => void;
}

function Filter({ text, count, onChange }: FilterProps) {
  return (
    <div className="inbox-filter">
      <input
        type="search"
        aria-label="Find alerts"
        placeholder="Find alerts"
        data-testid="inbox-filter"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span className="dim" role="status">
        {count === null ? '' : `${count} in all`}
      </span>
    </div>
  );
}

function NothingYet({ state }: { state: AlertsState }) {
  const rules = state.rules.filter(({ rule }) => rule.isEnabled).length;
  return (
    <div className="teaching" data-testid="inbox-empty">
      <h2>No alert so far</h2>
      <p>
        {rules === 0
          ? 'No rule is on, so nothing can fire. A rule watches one figure and tells when it crosses a line.'
          : `${rules} ${rules === 1 ? 'rule is' : 'rules are'} on. What fires will stand here with its values, what was told of it, and what you wrote down to do.`}
      </p>
      <p>
        Nothing is missed between two refreshes: rules on P&L look at every close, at its own time.
      </p>
      <div className="buttons">
        <button
          type="button"
          className="action"
          onClick={() => alertsPage.go({ dialog: { kind: 'editor', ruleId: null } })}
        >
          New rule
        </button>
        {state.offersPresets ? (
          <button type="button" className="action" onClick={() => alertsPage.go({ tab: 'rules' })}>
            See the presets
          </button>
        ) : null}
        <button
          type="button"
          className="action"
          onClick={() => alertsPage.go({ dialog: { kind: 'test', ruleId: null } })}
        >
          Test notification
        </button>
      </div>
    </div>
  );
}
