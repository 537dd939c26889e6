import type { Severity } from '../../../shared/alerts/rule.ts';
import { severityWords } from './alert-words.ts';
import { severityShapes } from './severity-shapes.ts';

/** Glyph and word of a severity. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span className="severity" data-severity={severity}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={severityShapes[severity]} />
      </svg>
      <span>{severityWords[severity]}</span>
    </span>
  );
}
