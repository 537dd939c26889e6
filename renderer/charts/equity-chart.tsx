import { useMemo, useState } from 'react';
import { episodeTitle } from '../../shared/alerts/words.ts';
import type { RangeId } from '../../shared/ranges.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { useAlerts, useTelling } from '../client/alerts-context.tsx';
import { usePrivacy } from '../client/settings-context.tsx';
import { FigureValue } from '../components/figure-value.tsx';
import { notReadYet } from '../components/figures.ts';
import { plural } from '../components/words.ts';
import { type AlertMark, alertMarks, type FiredAlert, marksNear } from './alert-marks.ts';
import { useChartRange } from './chart-range.ts';
import { type ChosenPoint, chosenAt, indexOfChosen } from './chosen-point.ts';
import { EquityCanvas } from './equity-canvas.tsx';
import { type EquityDrawing, equityDrawing } from './equity-drawing.ts';
import {
  type EquityExtremes,
  type EquityPoint,
  equityExtremes,
  equitySeries,
} from './equity-series.ts';
import {
  chartSummary,
  emptyText,
  lineNotes,
  pointWords,
  spokenPoint,
  type Telling,
} from './equity-words.ts';
import { RangeChips } from './range-chips.tsx';

interface Props {
  snapshot: Snapshot | null;
}

/** Equity with its high-water mark, the drawdown below it, and the range that both are shown for. */
export function EquityChart({ snapshot }: Props) {
  return (
    <section className="equity-chart" data-testid="equity-chart" aria-labelledby="equity-heading">
      <header>
        <h2 id="equity-heading">Equity and drawdown</h2>
        <RangeTotal snapshot={snapshot} />
        <RangeChips />
      </header>
      {snapshot === null ? null : <EquityLine snapshot={snapshot} />}
    </section>
  );
}

/** P&L and closes of the chosen range. */
function RangeTotal({ snapshot }: Props) {
  const id = useChartRange();
  const range = snapshot?.ranges[id];
  return (
    <p className="range-total">
      {/* A figure of another range is another figure: it must not tint as if it had changed. */}
      <FigureValue key={id} figure={range?.pnl ?? notReadYet} unit="pnl" tone="pnl" />
      <span className="closes">
        {range === undefined ? '' : `${plural(range.closes, 'close')} with P&L`}
      </span>
    </p>
  );
}

function EquityLine({ snapshot }: { snapshot: Snapshot }) {
  const range = useChartRange();
  const amountsHidden = usePrivacy();
  const { bankroll, tradingDay } = snapshot.basis;
  const line = useMemo(() => lineOf(snapshot, range), [snapshot, range]);
  const telling: Telling = { isPnl: bankroll === null, amountsHidden, zone: tradingDay.zone };
  const empty = emptyText(snapshot, line?.series ?? []);
  const notes = lineNotes(snapshot);
  return (
    <>
      <div className="equity-plot" data-empty={empty !== null}>
        {line === null ? null : (
          <DrawnLine snapshot={snapshot} line={line} range={range} telling={telling} />
        )}
        {empty === null ? null : <p className="nothing">{empty}</p>}
      </div>
      {notes === '' ? null : <p className="equity-notes">{notes}</p>}
    </>
  );
}

interface Line {
  readonly series: readonly EquityPoint[];
  readonly extremes: EquityExtremes;
  readonly drawing: EquityDrawing;
}

function lineOf(snapshot: Snapshot, range: RangeId): Line | null {
  const series = equitySeries(snapshot, range);
  const extremes = equityExtremes(series);
  return extremes && { series, extremes, drawing: equityDrawing(series, extremes) };
}

interface DrawnLineProps {
  snapshot: Snapshot;
  line: Line;
  range: RangeId;
  telling: Telling;
}

function DrawnLine({ snapshot, line, range, telling }: DrawnLineProps) {
  const { series, extremes, drawing } = line;
  const { tradingDay } = snapshot.basis;
  const { amountsHidden } = telling;
  const { marked, point, onPointed, onStepped } = useChosenPoint(series, snapshot.asOf);
  const fired = useFiredAlerts();
  const marks = useMemo(() => alertMarks(drawing, fired), [drawing, fired]);
  const picture = useMemo(
    () => ({ drawing, tradingDay, amountsHidden, marks }),
    [drawing, tradingDay, amountsHidden, marks],
  );
  return (
    <>
      {point === undefined ? null : (
        <Readout point={point} telling={telling} near={marksNear(marks, point.ms, drawing)} />
      )}
      <EquityCanvas
        picture={picture}
        summary={chartSummary(extremes, range, telling)}
        marked={marked}
        onPointed={onPointed}
      />
      <PointSlider series={series} telling={telling} marked={marked} onStepped={onStepped} />
    </>
  );
}

/** One choice for text, crosshair and slider, kept by its instant for as long as the line reaches there. */
function useChosenPoint(series: readonly EquityPoint[], asOf: string) {
  const [chosen, setChosen] = useState<ChosenPoint | null>(null);
  const marked = chosen === null ? null : indexOfChosen(series, chosen, asOf);
  // For good: going back to a longer range does not bring it back.
  if (chosen !== null && marked === null) setChosen(null);
  return {
    marked,
    point: marked === null ? undefined : series[marked],
    onPointed: (index: number | null): void =>
      setChosen((now) => {
        if (index !== null) return chosenAt(series, index, asOf, 'pointer');
        return now?.by === 'keys' ? now : null;
      }),
    onStepped: (index: number | null): void =>
      setChosen(index === null ? null : chosenAt(series, index, asOf, 'keys')),
  };
}

/** Alerts that fired lately; the same list as long as nothing about it changes. */
function useFiredAlerts(): readonly FiredAlert[] {
  const recent = useAlerts().state?.recent;
  const { hidesAmounts } = useTelling();
  return useMemo(
    () =>
      (recent ?? []).map((episode) => ({
        ...{ at: episode.start.at, severity: episode.severity },
        title: episodeTitle(episode, { hidesAmounts }),
      })),
    [recent, hidesAmounts],
  );
}

interface ReadoutProps {
  point: EquityPoint;
  telling: Telling;
  /** Alerts that fired about there. */
  near: readonly AlertMark[];
}

/** The point in words, at one place: nothing covers the line or runs after the pointer. */
function Readout({ point, telling, near }: ReadoutProps) {
  const { time, name, equity, highWaterMark, drawdown } = pointWords(point, telling);
  return (
    <p className="equity-readout" data-testid="equity-readout" aria-hidden="true">
      <span className="time">{time}</span>
      <span>
        {name} <b data-ink="equity">{equity}</b>
      </span>
      <span>
        HWM <b>{highWaterMark}</b>
      </span>
      <span>
        Drawdown <b data-ink="drawdown">{drawdown}</b>
      </span>
      {near[0] === undefined ? null : (
        <span className="near-alert">
          {near[0].title}
          {near.length === 1 ? '' : ` and ${near.length - 1} more`}
        </span>
      )}
    </p>
  );
}

interface SliderProps {
  readonly series: readonly EquityPoint[];
  readonly telling: Telling;
  readonly marked: number | null;
  readonly onStepped: (index: number | null) => void;
}

/** The keyboard's way along the line: arrows, Home and End; its value is spoken as it moves. */
function PointSlider({ series, telling, marked, onStepped }: SliderProps) {
  const last = series.length - 1;
  const index = marked ?? last;
  const point = series[index];
  return (
    <input
      type="range"
      className="point-slider"
      aria-label="Point of the equity line"
      aria-valuetext={point === undefined ? undefined : spokenPoint(point, telling)}
      min={0}
      max={last}
      value={index}
      onChange={(event) => onStepped(Number(event.currentTarget.value))}
      onFocus={() => onStepped(index)}
      onBlur={() => onStepped(null)}
    />
  );
}
