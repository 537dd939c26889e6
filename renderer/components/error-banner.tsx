import { formatAge, formatTime } from '../../shared/format.ts';
import { asOfView, nextTryMs } from '../client/judge-view.ts';
import { useMonitorView, useNowMs, useRefresh } from '../client/monitor-context.tsx';
import type { MonitorView } from '../client/monitor-store.ts';

/** What went wrong, what it means for the figures, and when it is tried again. */
export function ErrorBanner() {
  const view = useMonitorView();
  const status = view.latest?.state.status;
  if (status?.kind === 'failing') {
    const { code, cause, remedy } = status.failure;
    return (
      <section className="banner" data-testid="error-banner" data-code={code} aria-label="Failure">
        {/* The countdown stands outside the alert, or it would be read out every second. */}
        <p role="alert">
          <strong>{cause}</strong> <span>{meaningOf(view)}</span> <span>{remedy}</span>
        </p>
        <NextTry view={view} />
      </section>
    );
  }
  if (view.callError === null) return null;
  return (
    <section className="banner" data-testid="call-error" aria-label="Failure">
      <p role="alert">
        <strong>{view.callError.message}</strong> <span>{meaningOf(view)}</span>
      </p>
    </section>
  );
}

function meaningOf(view: MonitorView): string {
  const asOf = asOfView(view);
  if (asOf === null || view.figures === null) return 'No figures have been read yet.';
  return `Figures are from ${formatTime(asOf, view.figures.snapshot.day.zone)}.`;
}

function NextTry({ view }: { view: MonitorView }) {
  const waitMs = nextTryMs(view, useNowMs());
  const refresh = useRefresh();
  const trying = view.refreshing || waitMs === 0;
  return (
    <div className="next-try">
      <span className="countdown">
        {trying || waitMs === null ? 'Trying now' : `Next try in ${formatAge(roundUp(waitMs))}`}
      </span>
      <button
        type="button"
        className="action"
        aria-disabled={trying}
        onClick={() => {
          if (!trying) void refresh();
        }}
      >
        Try now
      </button>
    </div>
  );
}

/** A countdown says "1 s" until the second has passed. */
const roundUp = (ms: number): number => Math.ceil(ms / 1000) * 1000;
