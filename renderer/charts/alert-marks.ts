import type { Severity } from '../../shared/alerts/rule.ts';
import { instantMs } from '../../shared/instant.ts';
import type { EquityDrawing } from './equity-drawing.ts';

/** An alert that fired, as the chart takes it. */
export interface FiredAlert {
  readonly at: string;
  readonly severity: Severity;
  readonly title: string;
}

/** Its place on the line: time, and height as a share from the bottom. */
export interface AlertMark {
  readonly ms: number;
  readonly at: number;
  readonly severity: Severity;
  readonly title: string;
}

/** Marks on the line where alerts fired, within what is drawn; the worst is drawn last, on top. */
export function alertMarks(
  drawing: Pick<EquityDrawing, 'ms' | 'equity' | 'from' | 'to'>,
  fired: readonly FiredAlert[],
): AlertMark[] {
  return fired
    .flatMap(({ at, severity, title }) => {
      const ms = instantMs(at);
      if (ms === null || ms < Math.floor(drawing.from) || ms > drawing.to) return [];
      // A close's own microseconds are lost: the step that it makes counts as made.
      const index = drawing.ms.findLastIndex((point) => Math.floor(point) <= ms);
      const height = drawing.equity[index];
      return height === undefined ? [] : [{ ms, at: height, severity, title }];
    })
    .toSorted((a, b) => order[a.severity] - order[b.severity]);
}

const order: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** The marks near an instant of the line, as far as a pointer can tell, the worst first. */
export function marksNear(
  marks: readonly AlertMark[],
  ms: number,
  { from, to }: Pick<EquityDrawing, 'from' | 'to'>,
): AlertMark[] {
  const reach = (to - from) / 150;
  return marks.filter((mark) => Math.abs(mark.ms - ms) <= reach).reverse();
}
