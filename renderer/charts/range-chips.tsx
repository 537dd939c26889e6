import { rangeIds, rangeLabels } from '../../shared/ranges.ts';
import { chartRange, useChartRange } from './chart-range.ts';

/** The chart's range: radio buttons, so that the arrow keys choose among them. */
export function RangeChips() {
  const chosen = useChartRange();
  return (
    <fieldset className="range-chips">
      <legend className="visually-hidden">Chart range</legend>
      {rangeIds.map((id) => (
        <label key={id} data-label={rangeLabels[id]} data-range={id}>
          <input
            type="radio"
            name="chart-range"
            className="visually-hidden"
            value={id}
            checked={id === chosen}
            onChange={() => chartRange.choose(id)}
          />
          <span>{rangeLabels[id]}</span>
        </label>
      ))}
    </fieldset>
  );
}
