import { formatCount } from '../../shared/format.ts';
import { type Latency, latencyClassesMs } from '../../shared/own-cost.ts';

/** How often an answer took how long: a bar a class, longest for the most frequent. */
export function LatencyHistogram({ latency, name }: { latency: Latency; name: string }) {
  const most = Math.max(1, ...latency.histogram);
  return (
    <table className="latencies" data-testid={`latencies-${name}`}>
      <caption className="visually-hidden">How often an answer took how long</caption>
      <tbody>
        {latency.histogram.map((count, index) => {
          const label = labelOf(index);
          return (
            <tr key={label} data-empty={count === 0}>
              <th scope="row">{label}</th>
              <td className="bar" aria-hidden="true">
                <meter min={0} max={most} value={count} />
              </td>
              <td className="count">{formatCount(count)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function labelOf(index: number): string {
  const most = latencyClassesMs[index];
  return most === undefined
    ? `over ${secondsText(latencyClassesMs.at(-1) ?? 0)}`
    : `up to ${secondsText(most)}`;
}

const secondsText = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);
