import type { ReactNode } from 'react';
import { type MetricId, metrics } from '../../shared/metrics.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { usePrivacy } from '../client/settings-context.tsx';
import { Explain } from './explain.tsx';
import { ErrorTerm, FigureValue } from './figure-value.tsx';
import { metricOf } from './figures.ts';
import { explain } from './metric-words.ts';
import { unitOf } from './units.ts';

interface Props {
  id: MetricId;
  snapshot: Snapshot | null;
}

interface LabelProps extends Props {
  label?: ReactNode;
  /** What else there is to know of the figure now, in its tooltip. */
  remark?: string | undefined;
}

/** Name of a metric; what it means, how it is computed and why it is missing is in its tooltip. */
export function MetricLabel({ id, snapshot, label, remark }: LabelProps) {
  const isPrivate = usePrivacy();
  const figure = metricOf(snapshot, id);
  const { definition, formula, reason, facts } = explain(id, figure, snapshot?.basis, isPrivate);
  return (
    <Explain term={label ?? metrics[id].label}>
      <p>{definition}</p>
      <p className="formula">{formula}</p>
      {reason === null ? null : <p className="reason">{reason}</p>}
      {remark === undefined ? null : <p>{remark}</p>}
      {facts.length === 0 ? null : <p className="facts">{facts.join(' · ')}</p>}
    </Explain>
  );
}

/** A value that opens its own tooltip, where there is no room for a name; the ear hears the name. */
export const SelfExplained = ({ id, snapshot }: Props) => (
  <MetricLabel
    id={id}
    snapshot={snapshot}
    label={
      <>
        <span className="visually-hidden">{metrics[id].label}: </span>
        <MetricValue id={id} snapshot={snapshot} hoverable={false} />
      </>
    }
  />
);

interface ValueProps extends Props {
  echo?: boolean;
  hoverable?: boolean;
}

/** Value of a metric. It stands once on the page with its test id; `echo` repeats it without. */
export function MetricValue({ id, snapshot, echo = false, hoverable = true }: ValueProps) {
  return (
    <FigureValue
      figure={metricOf(snapshot, id)}
      unit={unitOf(id, snapshot?.basis)}
      tone={metrics[id].unit === 'pnl' ? 'pnl' : 'plain'}
      testId={echo ? undefined : id}
      hoverable={hoverable}
    />
  );
}

interface MetricProps extends Props {
  label?: string | undefined;
  echo?: boolean;
  /** What belongs to the value: where it comes from, or the dates of a fall. */
  children?: ReactNode;
  /** What else its tooltip tells. */
  remark?: string | undefined;
}

/** A metric as one line of a list: its name, its value, and a quiet remark. */
export function Metric({ id, snapshot, label, echo = false, children, remark }: MetricProps) {
  return (
    <div className="metric">
      <dt>
        <MetricLabel id={id} snapshot={snapshot} label={label} remark={remark} />
      </dt>
      <dd>
        <MetricValue id={id} snapshot={snapshot} echo={echo} />
        <ErrorTerm figure={metricOf(snapshot, id)} />
      </dd>
      {children === undefined ? null : <dd className="remark">{children}</dd>}
    </div>
  );
}
