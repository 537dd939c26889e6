import type { ReactNode } from 'react';
import { formatText } from '../../shared/format.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { useFreshness, useMonitorView } from '../client/monitor-context.tsx';
import { Explain } from './explain.tsx';
import { freshnessMeaning, freshnessWord } from './freshness-words.ts';
import { AsOf, ClockWarning, Connections, NewestRow, TradingDayClock } from './trust-items.tsx';

/** One line that says what is watched, how fresh it is, and what watching costs. */
export function TrustBar() {
  const view = useMonitorView();
  const state = view.latest?.state ?? null;
  const snapshot = view.figures?.snapshot ?? null;
  return (
    <header className="trust-bar" data-testid="trust-bar">
      <Profile profile={state?.profile ?? null} />
      <FreshnessMark status={state?.status.kind ?? 'starting'} />
      <AsOf zone={snapshot?.day.zone ?? null} />
      <NewestRow snapshot={snapshot} />
      <span className="spacer" />
      <ClockWarning skewMs={state?.clockSkewMs ?? null} />
      {snapshot?.server.roleCanWrite === true ? <CanWrite /> : null}
      {state === null ? null : <Connections state={state} snapshot={snapshot} />}
      {snapshot === null ? <span className="day" /> : <TradingDayClock day={snapshot.day} />}
    </header>
  );
}

const labelMeaning: Record<MonitorState['profile']['label'], string> = {
  PAPER: 'This ledger is labelled as paper trading.',
  LIVE: 'This ledger is labelled as live trading with real money.',
  DEMO: 'Demo: an embedded database with a simulated trading engine. No figure here is real.',
  LEDGER: 'This ledger has no label; it may hold paper or live trades.',
};

/** Blank until it is known, in as much room as most names need. */
function Profile({ profile }: { profile: MonitorState['profile'] | null }) {
  if (profile === null) {
    return (
      <>
        <span className="pill" data-label="none" aria-hidden="true" />
        <span className="profile" aria-hidden="true" />
      </>
    );
  }
  return (
    <>
      <span className="pill" data-label={profile.label} title={labelMeaning[profile.label]}>
        {profile.label}
      </span>
      <bdi className="profile" title={`${formatText(profile.name)} at ${profile.host}`}>
        {formatText(profile.name)}
      </bdi>
    </>
  );
}

function FreshnessMark({ status }: { status: MonitorState['status']['kind'] }) {
  const freshness = useFreshness();
  return (
    <span
      className="freshness"
      data-testid="freshness"
      data-state={freshness.kind}
      title={freshnessMeaning(freshness, status)}
    >
      <span className={freshness.kind === 'starting' ? 'spinner' : 'dot'} aria-hidden="true" />
      {freshnessWord(freshness, status)}
    </span>
  );
}

const CanWrite = (): ReactNode => (
  <Explain
    className="caution"
    testId="can-write"
    term={
      <>
        <span className="spare">account </span>can write
      </>
    }
  >
    The database account may change data. Plumbline only reads; a read-only account is safer.
  </Explain>
);
