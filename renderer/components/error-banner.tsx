import { canAct } from '../client/bridge.ts';
import { useLinkState, useTryLink } from '../client/feed-link.tsx';
import { useMonitorView, useNowMs, useRefresh } from '../client/monitor-context.tsx';
import { figuresMeaning } from './figures-meaning.ts';
import { troubleTestIds, tryAgainMs, tryText, useTrouble } from './trouble.ts';

/** What went wrong, what it means for the figures, and when it is tried again. */
export function ErrorBanner() {
  const view = useMonitorView();
  const trouble = useTrouble();
  if (trouble === null) return null;
  const { kind, cause, remedy } = trouble;
  return (
    <section
      className="banner"
      data-testid={troubleTestIds[kind]}
      data-code={kind === 'ledger' ? trouble.code : undefined}
      aria-label="Failure"
    >
      {/* The countdown stands outside the alert, or it would be read out every second. */}
      <p role="alert">
        <strong>{cause}</strong> <span>{figuresMeaning(view)}</span> <span>{remedy}</span>
      </p>
      {kind === 'call' ? null : <NextTry kind={kind} />}
    </section>
  );
}

/** The countdown, and the way round it: to the ledger where one may act, to Plumbline from a browser. */
function NextTry({ kind }: { kind: 'ledger' | 'feed-lost' }) {
  const view = useMonitorView();
  const waitMs = tryAgainMs(useLinkState(), view, useNowMs());
  const refresh = useRefresh();
  const tryLink = useTryLink();
  const trying = view.refreshing || waitMs === 0;
  return (
    <div className="next-try">
      <span className="countdown">{tryText(trying ? null : waitMs)}</span>
      {kind === 'ledger' && !canAct ? null : (
        <button
          type="button"
          className="action"
          aria-disabled={trying}
          onClick={() => {
            if (trying) return;
            if (kind === 'ledger') void refresh();
            else tryLink();
          }}
        >
          Try now
        </button>
      )}
    </div>
  );
}
