import { viewIds, viewNames } from '../../shared/views.ts';
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
        </button>
      ))}
    </nav>
  );
}
