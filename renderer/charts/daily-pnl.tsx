import { useState } from 'react';
import { formatCount, formatDay } from '../../shared/format.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { FigureValue } from '../components/figure-value.tsx';
import { metricOf, notReadYet, sumFigures, valueFigure } from '../components/figures.ts';
import { plural } from '../components/words.ts';
import { DayBars } from './day-bars.tsx';

type Days = Snapshot['days'];
type Day = Days[number];

/** P&L of each of the last 30 trading days, and the exact one of the day under the pointer. */
export function DailyPnl({ snapshot }: { snapshot: Snapshot | null }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const days = snapshot?.days ?? [];
  const shown = days.findIndex(({ name }) => name === chosen);
  const allTimePnl = metricOf(snapshot, 'all-time-pnl');
  return (
    <section className="daily" aria-labelledby="daily-heading">
      <header>
        <h2 id="daily-heading">Daily P&L, last 30 trading days</h2>
        <Readout day={days[shown]} days={days} allTimePnl={allTimePnl} />
      </header>
      <div className="day-chart">
        {snapshot !== null && allTimePnl.kind !== 'value' ? (
          <p className="note">No trade has closed with a P&L yet.</p>
        ) : null}
        <DayBars days={days} chosen={shown} onChoose={(day) => setChosen(day?.name ?? null)} />
      </div>
      <DayTable days={days} />
    </section>
  );
}

interface ReadoutProps {
  readonly day: Day | undefined;
  readonly days: Days;
  readonly allTimePnl: Figure;
}

/** The chosen day, else the sum of all days. Before the first P&L ever neither is $0.00. */
function Readout({ day, days, allTimePnl }: ReadoutProps) {
  const known = day === undefined ? sumOf(days) : valueFigure(day.pnl);
  const pnl = allTimePnl.kind === 'value' ? known : allTimePnl;
  const closes = day?.closes ?? days.reduce((sum, each) => sum + each.closes, 0);
  return (
    <p className="readout">
      {day === undefined ? 'sum of the 30 days' : formatDay(day.name)}{' '}
      {/* A figure of another day is another figure: it must not tint as if it had changed. */}
      <FigureValue key={day?.name} figure={pnl} unit="pnl" tone="pnl" />{' '}
      <span className="closes">
        {days.length === 0 ? '' : `${plural(closes, 'close')} with P&L`}
      </span>
    </p>
  );
}

const sumOf = (days: Days): Figure =>
  sumFigures(
    days.map(({ pnl }) => valueFigure(pnl)),
    notReadYet,
  );

/** The same bars for those who cannot see them. */
function DayTable({ days }: { days: Days }) {
  return (
    <div className="visually-hidden">
      <table data-testid="daily-pnl">
        <caption>Daily P&L</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">P&L</th>
            <th scope="col">Closes with P&L</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ name, pnl, closes }) => (
            <tr key={name} data-day={name}>
              <th scope="row">{formatDay(name)}</th>
              <td>
                <FigureValue figure={valueFigure(pnl)} unit="pnl" />
              </td>
              <td>{formatCount(closes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
