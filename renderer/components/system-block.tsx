import type { ReactNode } from 'react';

/** One subject of the System view. */
export function SystemBlock({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="system-block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface LineProps {
  label: string;
  testId: string;
  /** Null before it is known. */
  text: string | null;
  meaning?: string;
}

/** A fact with its name. */
export const SystemLine = ({ label, testId, text, meaning }: LineProps) => (
  <div className="system-line" title={meaning}>
    <dt>{label}</dt>
    <dd data-testid={testId}>{text ?? '—'}</dd>
  </div>
);
