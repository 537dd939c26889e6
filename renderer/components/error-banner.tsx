import { nextTryMs } from '../client/judge-view.ts';
import { useMonitorView, useNowMs, useRefresh } from '../client/monitor-context.tsx';
import type { MonitorView } from '../client/monitor-store.ts';
import { figuresMeaning } from './figures-meaning.ts';
import { ageText } from './words.ts';

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
          <strong>{cause}</strong> <span>{figuresMeaning(view)}</span> <span>{remedy}</span>
        </p>
        <NextTry view={view} />
      </section>
    );
  }
  if (view.callError === null) return null;
  return (
    <section className="banner" data-testid="call-error" aria-label="Failure">
      <p role="alert">
        <strong>{view.callError.message}</strong> <span>{figuresMeaning(view)}</span>
      </p>
    </section>
  );
}

function NextTry({ view }: { view: MonitorView }) {
  const waitMs = nextTryMs(view, useNowMs());
  const refresh = useRefresh();
  const trying = view.refreshing || waitMs === 0;
  return (
    <div className="next-try">
      <span className="countdown">
        {trying || waitMs === null ? 'Trying now' : `Next try in ${ageText(waitMs)}`}
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
