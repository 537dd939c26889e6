import { formatAge, formatDay, formatText, formatTime } from '../../../shared/format.ts';
import type { MonitorState } from '../../../shared/monitor-state.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { useLinkState } from '../../client/feed-link.tsx';
import { asOfView } from '../../client/judge-view.ts';
import {
  useFreshness,
  useMonitorView,
  useNowMs,
  useSecondsSince,
} from '../../client/monitor-context.tsx';
import { figuresMeaning } from '../figures-meaning.ts';
import { freshnessWord, isDoubtful } from '../freshness-words.ts';
import { troubleTestIds, tryAgainMs, tryText, useTrouble } from '../trouble.ts';
import { NewestRow } from '../trust-items.tsx';
import { ageText } from '../words.ts';

interface Props {
  snapshot: Snapshot | null;
  state: MonitorState | null;
}

/** Whose figures these are and how fresh, and below it the day, or what went wrong. */
export function WallHead({ snapshot, state }: Props) {
  const freshness = useFreshness();
  const status = state?.status.kind ?? 'starting';
  const label = state?.profile.label ?? 'none';
  return (
    <header className="wall-head">
      <span className="pill" data-label={label}>
        {label}
      </span>
      <bdi className="profile">{formatText(state?.profile.name ?? '')}</bdi>
      <span className="freshness" data-testid="freshness" data-state={freshness.kind}>
        <span className={freshness.kind === 'starting' ? 'spinner' : 'dot'} aria-hidden="true" />
        {freshnessWord(freshness, status)}
      </span>
      <AsOf snapshot={snapshot} />
      <Line snapshot={snapshot} />
    </header>
  );
}

function AsOf({ snapshot }: { snapshot: Snapshot | null }) {
  const asOf = asOfView(useMonitorView());
  const freshness = useFreshness();
  const known = asOf !== null && snapshot !== null;
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  return (
    <span className="wall-as-of">
      <span className="dim">{isDoubtful(freshness) ? 'last good ' : 'as of '}</span>
      <data data-testid="as-of" value={asOf ?? ''} data-reason={known ? undefined : 'not read yet'}>
        {known ? formatTime(asOf, snapshot.day.zone) : '—'}
      </data>
      <span className="age" data-testid="age" data-state={freshness.kind}>
        {known && ageMs !== null ? ageText(ageMs) : ''}
      </span>
    </span>
  );
}

/** One line whatever there is to say, so that nothing below it moves. */
function Line({ snapshot }: { snapshot: Snapshot | null }) {
  const view = useMonitorView();
  const trouble = useTrouble();
  if (trouble === null) return <Day snapshot={snapshot} />;
  return (
    <div className="wall-line" data-testid={troubleTestIds[trouble.kind]} data-trouble="true">
      <p role="alert">
        <strong>{trouble.cause}</strong> {figuresMeaning(view)} {trouble.remedy}
      </p>
      {trouble.kind === 'call' ? null : <NextTry />}
    </div>
  );
}

function NextTry() {
  const waitMs = tryAgainMs(useLinkState(), useMonitorView(), useNowMs());
  return <span className="countdown">{tryText(waitMs)}</span>;
}

/** The trading day, when it ends, and how long ago anything was traded. */
function Day({ snapshot }: { snapshot: Snapshot | null }) {
  const since = useSecondsSince(snapshot?.day.end ?? null);
  const hasEnded = since !== null && since >= 0;
  const age = since === null ? '' : formatAge(Math.abs(since) * 1000);
  return (
    <p className="wall-line">
      <span>
        {snapshot === null ? '—' : `${formatDay(snapshot.day.name)} ${snapshot.day.zone}`}
        {since === null ? '' : hasEnded ? ` · ended ${age} ago` : ` · rolls in ${age}`}
      </span>
      <NewestRow snapshot={snapshot} />
    </p>
  );
}
