import { useEffect } from 'react';
import { formatDay, formatTime } from '../../shared/format.ts';
import type { Freshness } from '../../shared/freshness.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { useAlerts, useTelling } from '../client/alerts-context.tsx';
import { canAct, plumblineClient } from '../client/bridge.ts';
import { asOfView } from '../client/judge-view.ts';
import { useFreshness, useMonitorView, useSecondsSince } from '../client/monitor-context.tsx';
import { useSettingsView } from '../client/settings-context.tsx';
import { severityWords, shownTitle } from '../components/alerts/alert-words.ts';
import { severityShapes } from '../components/alerts/severity-shapes.ts';
import { DirectionGlyph } from '../components/direction-glyph.tsx';
import { metricOf } from '../components/figures.ts';
import { freshnessMeaning, freshnessWord } from '../components/freshness-words.ts';
import { MetricValue } from '../components/metric.tsx';
import { Watermark } from '../components/watermark.tsx';
import { ageText, plural } from '../components/words.ts';

/** Whether this window is the small one that stays on top; it is so from its first moment to its last. */
export const isMiniWindow = canAct && new URLSearchParams(location.search).has('mini');

/** The mini window: today, drawdown, open trades and age. */
export function Mini() {
  const { latest, figures } = useMonitorView();
  const freshness = useFreshness();
  // Not drawn with hidden amounts first, only to be drawn again.
  const mayShow = useSettingsView().kind !== 'asking';
  const snapshot = mayShow ? (figures?.snapshot ?? null) : null;
  const waiting = snapshot === null && (!mayShow || freshness.kind === 'starting');
  useMiniGestures();
  return (
    <div className="mini" data-freshness={freshness.kind} data-waiting={waiting}>
      <Watermark
        demo={latest?.state.profile.label === 'DEMO'}
        paused={freshness.kind === 'paused'}
      />
      <Header snapshot={snapshot} freshness={freshness} state={latest?.state ?? null} />
      <main aria-busy={waiting}>
        <p className="hero">
          <MetricValue id="day-pnl" snapshot={snapshot} />
          <DirectionGlyph figure={metricOf(snapshot, 'day-pnl')} />
        </p>
        <dl>
          <div>
            <dt>Drawdown</dt>
            <dd>
              <MetricValue id="current-drawdown" snapshot={snapshot} />
            </dd>
          </div>
          <div>
            <dt>Open</dt>
            <dd>
              <MetricValue id="open-count" snapshot={snapshot} />
            </dd>
          </div>
          <Age freshness={freshness} zone={snapshot?.day.zone ?? null} />
        </dl>
      </main>
    </div>
  );
}

interface HeaderProps {
  snapshot: Snapshot | null;
  freshness: Freshness;
  state: MonitorState | null;
}

/** The window is moved by it. It names the day, what is wrong with the figures, and whose they are. */
function Header({ snapshot, freshness, state }: HeaderProps) {
  const status = state?.status.kind ?? 'starting';
  const label = state?.profile.label ?? 'none';
  return (
    <header>
      <h1>{useDayName(snapshot)}</h1>
      <span
        className="freshness"
        data-testid="freshness"
        data-state={freshness.kind}
        title={freshnessMeaning(freshness, status)}
      >
        <span className={freshness.kind === 'starting' ? 'spinner' : 'dot'} aria-hidden="true" />
        <span className={freshness.kind === 'live' ? 'visually-hidden' : undefined}>
          {freshnessWord(freshness, status)}
        </span>
      </span>
      <span className="spacer" />
      <AlertMark />
      <span className="pill" data-label={label} title={state?.profile.name}>
        {label}
      </span>
      <button type="button" title="Open Plumbline (Enter)" onClick={openMain}>
        <Drawn label="Open Plumbline" path="M6.5 2H10v3.5M10 2 6 6M8 7.5V10H2V4h2.5" />
      </button>
      <button type="button" title="Close (Esc)" onClick={() => window.close()}>
        <Drawn label="Close" path="M2.5 2.5l7 7M9.5 2.5l-7 7" />
      </button>
    </header>
  );
}

const mostNamed = 6;

/** How many alerts there are now, with the shape of the worst; they are named on hover. */
function AlertMark() {
  const { state } = useAlerts();
  const telling = useTelling();
  const current = state?.current ?? [];
  const worst = current[0]?.episode.severity;
  if (worst === undefined) return null;
  const count = current.length;
  const titles = current.slice(0, mostNamed).map(({ episode }) => shownTitle(episode, telling));
  return (
    <span
      className="severity"
      data-severity={worst}
      data-testid="mini-alerts"
      title={titles.join('\n')}
    >
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={severityShapes[worst]} />
      </svg>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">
        {`${plural(count, 'alert')}, the worst ${severityWords[worst].toLowerCase()}`}
      </span>
    </span>
  );
}

const Drawn = ({ label, path }: { label: string; path: string }) => (
  <svg viewBox="0 0 12 12" role="img" aria-label={label}>
    <path d={path} />
  </svg>
);

/** "Today" only while it is: what lost its database may show a day that has ended. */
function useDayName(snapshot: Snapshot | null): string {
  const since = useSecondsSince(snapshot?.day.end ?? null);
  const hasEnded = snapshot !== null && since !== null && since >= 0;
  return hasEnded ? `${formatDay(snapshot.day.name)}, ended` : 'Today';
}

function Age({ freshness, zone }: { freshness: Freshness; zone: string | null }) {
  const asOf = asOfView(useMonitorView());
  const ageMs = freshness.kind === 'starting' ? null : freshness.ageMs;
  const time = asOf === null || zone === null ? null : formatTime(asOf, zone);
  return (
    <div title={time === null ? 'Not read yet' : `Last read or confirmed at ${time}`}>
      <dt>Age</dt>
      <dd>
        <span className="age" data-testid="age" data-state={freshness.kind}>
          {ageMs === null ? '—' : ageText(ageMs)}
        </span>
      </dd>
    </div>
  );
}

const openMain = (): void => void plumblineClient().desktop.openMain();

/** A double click opens the window with the views, as Enter does; Escape closes this one. */
function useMiniGestures(): void {
  useEffect(() => {
    document.title = 'Plumbline mini window';
    const onKey = (event: KeyboardEvent): void => {
      // Elsewhere Ctrl+W closes the window with the views; here it must mean this one.
      const isClose = event.key.toLowerCase() === 'w' && (event.ctrlKey || event.metaKey);
      if (event.key === 'Escape' || isClose) {
        event.preventDefault();
        window.close();
      } else if (event.key === 'Enter' && event.target === document.body) openMain();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('dblclick', openMain);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('dblclick', openMain);
    };
  }, []);
}
