import { formatDay } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { usePrivacy } from '../client/settings-context.tsx';
import { directionOf } from '../components/figure-value.tsx';
import { valueFigure } from '../components/figures.ts';
import { hiddenAmount, speakIn } from '../components/units.ts';
import { axisAmounts } from './axis-amounts.ts';
import { type Scale, scaleAroundZero, toFloat } from './scale.ts';

type Day = Snapshot['days'][number];

interface Props {
  days: readonly Day[];
  /** Index of the chosen day, −1 without one. */
  chosen: number;
  onChoose: (day: Day | undefined) => void;
}

/** Bars up and down from a zero line. Positions are shares of the size, so it fits any window. */
export function DayBars({ days, chosen, onChoose }: Props) {
  const scale = scaleAroundZero(
    days.map(({ pnl }) => toFloat(pnl)),
    4,
  );
  return (
    <>
      <div className="plot">
        <svg aria-hidden="true" onPointerLeave={() => onChoose(undefined)}>
          <Grid scale={scale} />
          {days.map((day, index) => (
            <Bar
              key={day.name}
              day={day}
              scale={scale}
              index={index}
              count={days.length}
              chosen={index === chosen}
              onChoose={onChoose}
            />
          ))}
        </svg>
        <DaySlider days={days} chosen={chosen} onChoose={onChoose} />
      </div>
      {days.length === 0 ? null : <Amounts scale={scale} />}
      <Dates days={days} />
    </>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

function Grid({ scale }: { scale: Scale }) {
  return scale.marks.map((mark) => (
    <line
      key={mark}
      className={mark === 0 ? 'zero' : 'grid'}
      x1="0"
      x2="100%"
      y1={percent(scale.at(mark))}
      y2={percent(scale.at(mark))}
    />
  ));
}

interface BarProps {
  day: Day;
  scale: Scale;
  index: number;
  count: number;
  chosen: boolean;
  onChoose: (day: Day) => void;
}

function Bar({ day, scale, index, count, chosen, onChoose }: BarProps) {
  const value = toFloat(day.pnl);
  const top = scale.at(Math.max(0, value));
  const bottom = scale.at(Math.min(0, value));
  const width = 1 / count;
  const left = index * width;
  return (
    <g data-chosen={chosen} onPointerEnter={() => onChoose(day)}>
      <rect className="column" x={percent(left)} width={percent(width)} y="0" height="100%" />
      <rect
        className="bar"
        data-direction={directionOf(valueFigure(day.pnl))}
        x={percent(left + width * 0.2)}
        width={percent(width * 0.6)}
        y={percent(top)}
        height={percent(bottom - top)}
      />
    </g>
  );
}

/** The keyboard's way through the days: one stop of the Tab key, then the arrow keys. */
function DaySlider({ days, chosen, onChoose }: Props) {
  const last = days.length - 1;
  const amountsHidden = usePrivacy();
  if (last < 0) return null;
  const spoken = (pnl: string): string => (amountsHidden ? 'hidden' : speakIn(pnl, 'pnl'));
  const day = days[chosen === -1 ? last : chosen];
  return (
    <input
      type="range"
      className="day-slider"
      aria-label="Day"
      aria-valuetext={day === undefined ? undefined : `${formatDay(day.name)}: ${spoken(day.pnl)}`}
      min={0}
      max={last}
      value={chosen === -1 ? last : chosen}
      onChange={(event) => onChoose(days[Number(event.currentTarget.value)])}
      onFocus={() => onChoose(days[chosen === -1 ? last : chosen])}
      onBlur={() => onChoose(undefined)}
    />
  );
}

const daysBetweenLabels = 7;

function Amounts({ scale }: { scale: Scale }) {
  const amountsHidden = usePrivacy();
  const labels = axisAmounts(scale.marks, scale.step);
  return (
    <svg className="amounts" aria-hidden="true">
      {scale.marks.map((mark, index) => (
        <text key={mark} x="8" y={percent(scale.at(mark))} dy="4">
          {amountsHidden ? hiddenAmount : labels[index]}
        </text>
      ))}
    </svg>
  );
}

function Dates({ days }: { days: readonly Day[] }) {
  const last = days.length - 1;
  return (
    <svg className="dates" aria-hidden="true">
      {days.map((day, index) =>
        (last - index) % daysBetweenLabels === 0 ? (
          <text key={day.name} x={percent((index + 0.5) / days.length)} y="14">
            {formatDay(day.name).replace(/^\S+ /, '')}
          </text>
        ) : null,
      )}
    </svg>
  );
}
