import { viewIds, viewNames } from '../../shared/views.ts';
import { useAlerts } from '../client/alerts-context.tsx';
import { currentView, useCurrentView } from '../views/current-view.ts';

/** The views of the window, the present one marked. */
export function Navigation() {
  const shown = useCurrentView();
  return (
    <nav className="navigation" aria-label="Views">
      {viewIds.map((id) => (
        <button
          key={id}
          type="button"
          data-testid={`nav-${id}`}
          aria-current={id === shown ? 'page' : undefined}
          onClick={() => currentView.show(id)}
        >
          {viewNames[id]}
          {id === 'alerts' ? <Unacknowledged /> : null}
        </button>
      ))}
    </nav>
  );
}

/** How many alerts nobody has acknowledged; its room is kept, so that nothing beside it moves. */
function Unacknowledged() {
  const unacked = useAlerts().state?.unacked ?? 0;
  return (
    <span className="unacked" data-testid="unacked">
      {unacked === 0 ? null : (
        <>
          <span className="visually-hidden">, </span>
          <b>{unacked > 99 ? '99+' : unacked}</b>
          <span className="visually-hidden"> not acknowledged</span>
        </>
      )}
    </span>
  );
}
