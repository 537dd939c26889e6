import { useMemo } from 'react';
import { instantMs } from '../../shared/instant.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { directionOf } from '../components/figure-value.tsx';
import { scaleAroundZero, toFloat } from './scale.ts';

/** The day's P&L as a step line from the start of the day until now; the exact figure stands beside. */
export function DaySparkline({ snapshot }: { snapshot: Snapshot | null }) {
  const drawn = useMemo(() => (snapshot === null ? null : draw(snapshot)), [snapshot]);
  return (
    <svg
      className="sparkline"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
      data-direction={snapshot === null ? undefined : directionOf(snapshot.today.pnl)}
    >
      {drawn === null ? null : (
        <>
          <line className="zero" x1="0" x2="100" y1={drawn.zero} y2={drawn.zero} />
          <path d={drawn.path} />
        </>
      )}
    </svg>
  );
}

function draw({ today, day, asOf }: Snapshot): { path: string; zero: number } | null {
  const start = instantMs(day.start);
  const end = instantMs(asOf);
  if (start === null || end === null || today.pnl.kind !== 'value') return null;
  const points = today.path.map(({ at, pnl }) => ({
    ms: instantMs(at) ?? start,
    pnl: toFloat(pnl),
  }));
  const scale = scaleAroundZero(
    points.map(({ pnl }) => pnl),
    2,
  );
  const span = Math.max(1, end - start, ...points.map(({ ms }) => ms - start));
  const x = (ms: number): string => ((Math.max(0, ms - start) / span) * 100).toFixed(2);
  // Two units of margin, or the stroke would be cut at the edge.
  const y = (value: number): string => (2 + scale.at(value) * 96).toFixed(2);
  const steps = points.map(({ ms, pnl }) => `H${x(ms)}V${y(pnl)}`).join('');
  return { path: `M0,${y(0)}${steps}H${x(end)}`, zero: Number(y(0)) };
}
