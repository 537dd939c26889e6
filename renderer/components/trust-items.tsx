import { formatAge, formatDay, formatTime } from '../../shared/format.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot, TradingDay } from '../../shared/snapshot.ts';
import { asOfView } from '../client/judge-view.ts';
import { useFreshness, useMonitorView, useSecondsSince } from '../client/monitor-context.tsx';
import { Explain } from './explain.tsx';
import { figuresTime } from './figures-meaning.ts';
import { isDoubtful } from './freshness-words.ts';
import { Pace } from './pace.tsx';
import { ageText } from './words.ts';

/** When the figures were read or last confirmed, by the database's clock, and how long ago. */
export function AsOf({ zone }: { zone: string | null }) {
  const asOf = asOfView(useMonitorView());
  const freshness = useFreshness();
  const known = asOf !== null && zone !== null;
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  return (
    <span className="item" title="When the figures were last read or confirmed (database clock)">
      <span className="spare">{isDoubtful(freshness) ? 'last good ' : 'as of '}</span>
      <data
        className="clock"
        data-testid="as-of"
        value={asOf ?? ''}
        data-reason={known ? undefined : 'not read yet'}
      >
        {known ? formatTime(asOf, zone) : '—'}
      </data>
      <span className="age" data-state={freshness.kind}>
        {known && ageMs !== null ? `· ${ageText(ageMs)}` : ''}
      </span>
      <Pace />
    </span>
  );
}

/** Age of the newest row: a quiet market is not a dead bot, but it looks like one. */
export function NewestRow({ snapshot }: { snapshot: Snapshot | null }) {
  const elapsed = useSecondsSince(snapshot?.newestRowAt ?? null);
  const seconds = elapsed === null ? null : Math.max(0, elapsed);
  const reason = snapshot === null ? 'not read yet' : 'no rows yet';
  const text = seconds === null ? '—' : formatAge(seconds * 1000);
  return (
    <span className="item" title="Age of the newest row of any kind">
      last <span className="spare">trade </span>
      <data
        className="row-age"
        data-testid="newest-row-age"
        value={seconds === null ? '' : String(seconds)}
        data-reason={seconds === null ? reason : undefined}
        title={seconds === null ? reason : undefined}
      >
        {text}
      </data>
      {seconds === null ? null : (
        <span key={text} className="spare">
          {' ago'}
        </span>
      )}
    </span>
  );
}

interface ConnectionsProps {
  state: MonitorState;
  snapshot: Snapshot | null;
}

/** What watching costs the server in connections. */
export function Connections({ state, snapshot }: ConnectionsProps) {
  const server = snapshot?.server ?? null;
  const oldSince = useOldSince();
  return (
    <Explain
      className="item"
      term={
        <>
          conn<span className="spare">ections</span>{' '}
          <data data-testid="connections" value={String(state.connections)}>
            {state.connections}
          </data>{' '}
          of {state.connectionBudget}{' '}
          <span className="server" data-old={oldSince !== null}>
            {server === null ? '' : `· server ${server.inUse}/${server.maxConnections}`}
          </span>
        </>
      }
    >
      {connectionsMeaning(server, oldSince)}
    </Explain>
  );
}

/** The time of the figures on screen when they must not look like present ones. */
function useOldSince(): string | null {
  const view = useMonitorView();
  const freshness = useFreshness();
  return isDoubtful(freshness) || freshness.kind === 'paused' ? figuresTime(view) : null;
}

function connectionsMeaning(server: Snapshot['server'] | null, oldSince: string | null): string {
  const own = 'Connections that Plumbline holds, of those that it may hold at most.';
  if (server === null) return own;
  const inUse = `${server.inUse} of ${server.maxConnections} in use by everybody`;
  return oldSince === null
    ? `${own} The server has ${inUse}.`
    : `${own} As of ${oldSince} the server had ${inUse}.`;
}

/** The trading day that "today" means, and when it ends. */
export function TradingDayClock({ day }: { day: TradingDay }) {
  const since = useSecondsSince(day.end);
  const age = since === null ? '' : formatAge(Math.abs(since) * 1000);
  const hasEnded = since !== null && since >= 0;
  return (
    <Explain
      className="item day"
      // Right-aligned text that grows would move its beginning, so each text is an element of its own.
      term={
        <span key={age}>
          {formatDay(day.name)} <span className="zone">{shortZone(day.zone)}</span>
          {since === null ? null : ' · '}
          {hasEnded ? 'ended ' : <span className="spare">rolls in </span>}
          {since === null ? null : <b className="rollover">{age}</b>}
          {hasEnded ? ' ago' : null}
        </span>
      }
    >
      Trading day in {day.zone}, by the database's clock, and the time until the next one.
    </Explain>
  );
}

/** `America/New_York` → `New York`. */
const shortZone = (zone: string): string => zone.replace(/^.*\//, '').replaceAll('_', ' ');

const toleratedSkewMs = 2000;

/** Says when this machine's clock is off the database's. */
export function ClockWarning({ skewMs }: { skewMs: number | null }) {
  if (skewMs === null || Math.abs(skewMs) <= toleratedSkewMs) return null;
  return (
    <Explain
      className="caution"
      testId="clock-warning"
      term={`clock ${formatAge(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`}
    >
      This machine's clock differs from the database's. All times and ages here follow the database.
    </Explain>
  );
}
