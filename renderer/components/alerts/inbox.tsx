import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { severities } from '../../../shared/alerts/rule.ts';
import { useTelling } from '../../client/alerts-context.tsx';
import { canAct } from '../../client/bridge.ts';
import { alertsPage, useAlertsPlace } from '../../views/alerts-page.ts';
import { Acts } from '../acts.tsx';
import { severityWords } from './alert-words.ts';
import { episodeById } from './chosen-alert.ts';
import { EpisodeDetail } from './episode-detail.tsx';
import { type InboxFilter, inboxEntries } from './inbox-entries.ts';
import { InboxList } from './inbox-list.tsx';
import { useSteadyEntries } from './steady-entries.ts';
import { type HistoryCounts, useHistory } from './use-history.ts';

const noFilter: InboxFilter = { text: '', severity: null, isOpenOnly: false };

/** What fires and what has fired: the truth about alerts, however they were told. */
export function Inbox({ state }: { state: AlertsState }) {
  const [filter, setFilter] = useState(noFilter);
  const telling = useTelling();
  const { episodes, counts, failure, readMore } = useHistory(filter);
  const { episodeId } = useAlertsPlace();
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(noFilter);
  const entries = useSteadyEntries(
    inboxEntries(state, episodes, filter, telling),
    JSON.stringify([filter, episodeId]),
  );
  const chosen =
    entries.find(({ episode }) => episode.id === episodeId)?.episode ??
    episodeById(state, episodeId);
  if (entries.length === 0 && !isFiltered) return <NothingYet state={state} />;
  return (
    <div className="inbox">
      <div className="inbox-rows">
        <Filter {...{ filter, isFiltered, counts }} onChange={setFilter} />
        {failure === null ? null : (
          <p className="problem">{`The history could not be read. ${failure}`}</p>
        )}
        <InboxList entries={entries} counts={counts} chosenId={chosen?.id ?? null} />
        {entries.length === 0 ? <p className="note">No alert passes this filter.</p> : null}
        {counts !== null && episodes.length < counts.total ? (
          <button type="button" className="action" onClick={readMore}>
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
  filter: InboxFilter;
  isFiltered: boolean;
  counts: HistoryCounts | null;
  onChange: (filter: InboxFilter) => void;
}

function Filter({ filter, isFiltered, counts, onChange }: FilterProps) {
  const change = (fields: Partial<InboxFilter>): void => onChange({ ...filter, ...fields });
  return (
    <div className="inbox-filter">
      <input
        type="search"
        aria-label="Find alerts"
        placeholder="Find alerts"
        data-testid="inbox-filter"
        value={filter.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <select
        aria-label="Severity"
        data-testid="inbox-severity"
        value={filter.severity ?? ''}
        onChange={(event) => {
          const chosen = severities.find((each) => each === event.currentTarget.value);
          change({ severity: chosen ?? null });
        }}
      >
        <option value="">All severities</option>
        {severities.map((each) => (
          <option key={each} value={each}>
            {severityWords[each]}
          </option>
        ))}
      </select>
      <label className="check">
        <input
          type="checkbox"
          data-testid="inbox-open-only"
          checked={filter.isOpenOnly}
          onChange={(event) => change({ isOpenOnly: event.currentTarget.checked })}
        />
        Open only
      </label>
      <span className="dim" role="status">
        {counts === null || !isFiltered ? '' : `${counts.total} of ${counts.all}`}
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
          ? `No rule is on, so nothing can fire. A rule watches one figure and tells when it crosses a line${canAct ? '.' : '; rules are made in the app, or in alert-rules.json.'}`
          : `${rules} ${rules === 1 ? 'rule is' : 'rules are'} on. What fires will stand here with its values, what was told of it, and what you wrote down to do.`}
      </p>
      <p>
        Nothing is missed between two refreshes: rules on P&L look at every close, at its own time.
      </p>
      <Acts>
        <div className="buttons">
          <button
            type="button"
            className="action"
            onClick={() => alertsPage.go({ dialog: { kind: 'editor', ruleId: null } })}
          >
            New rule
          </button>
          {state.offersPresets ? (
            <button
              type="button"
              className="action"
              onClick={() => alertsPage.go({ tab: 'rules' })}
            >
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
      </Acts>
    </div>
  );
}
