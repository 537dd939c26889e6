import { useMemo } from 'react';
import type { WhatIf } from '../../shared/alerts/alerts-state.ts';
import type { Severity } from '../../shared/alerts/rule.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { useMonitorView } from '../client/monitor-context.tsx';
import { usePrivacy } from '../client/settings-context.tsx';
import { plural } from '../components/words.ts';
import { alertMarks } from './alert-marks.ts';
import { EquityCanvas } from './equity-canvas.tsx';
import { equityDrawing } from './equity-drawing.ts';
import type { EquityPicture } from './equity-plot.ts';
import { equityExtremes, equitySeries } from './equity-series.ts';

interface Props {
  whatIf: WhatIf;
  severity: Severity;
}

const ignored = (): void => undefined;

/** The equity since the first day that a rule was tried on, with a mark where it would have fired. */
export function WhatIfChart({ whatIf, severity }: Props) {
  const snapshot = useMonitorView().figures?.snapshot ?? null;
  const amountsHidden = usePrivacy();
  const picture = useMemo(
    () => (snapshot === null ? null : pictureOf(snapshot, whatIf, severity, amountsHidden)),
    [snapshot, whatIf, severity, amountsHidden],
  );
  if (picture === null) return null;
  return (
    <div className="what-if-chart">
      <EquityCanvas
        picture={picture}
        summary={`Equity of the last 90 days with ${plural(picture.marks?.length ?? 0, 'mark')} where the rule would have fired.`}
        marked={null}
        onPointed={ignored}
      />
    </div>
  );
}

function pictureOf(
  { asOf, equity, ranges, basis }: Snapshot,
  { from, episodes }: WhatIf,
  severity: Severity,
  amountsHidden: boolean,
): EquityPicture | null {
  const since = { ...ranges, all: { ...ranges.all, start: from } };
  const series = equitySeries({ asOf, equity, ranges: since }, 'all');
  const extremes = equityExtremes(series);
  if (extremes === null) return null;
  const drawing = equityDrawing(series, extremes);
  const fired = episodes.map(({ start }) => ({ at: start, severity, title: '' }));
  const marks = alertMarks(drawing, fired);
  return { drawing, tradingDay: basis.tradingDay, amountsHidden, marks };
}
