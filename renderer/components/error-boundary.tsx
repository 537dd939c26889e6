import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
}

/** Catches what breaks while drawing, so that the window says so instead of going blank. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>This window could not be drawn</h1>
        <p>
          No figures are shown. Monitoring goes on in the background, and the ledger is not
          affected.
        </p>
        <button type="button" className="action" onClick={() => location.reload()}>
          Reload window
        </button>
      </main>
    );
  }
}
