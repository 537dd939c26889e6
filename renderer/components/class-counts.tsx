import { formatCount } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { FigureValue, formatWhole } from './figure-value.tsx';
import { countOf } from './figures.ts';

type CountName = Exclude<keyof Snapshot['counts'], 'all'>;

interface ClassOfRows {
  readonly name: CountName;
  readonly label: string;
  readonly meaning: string;
}

const classes: readonly ClassOfRows[] = [
  { name: 'open', label: 'Open', meaning: 'Executed, not yet closed' },
  { name: 'closed', label: 'Closed', meaning: 'Executed and closed or resolved' },
  {
    name: 'unscored',
    label: 'Closed, no P&L',
    meaning: 'Those of the closed trades that carry no P&L',
  },
  { name: 'rejected', label: 'Rejected', meaning: 'Turned down by the risk check, never executed' },
  { name: 'failed', label: 'Failed', meaning: 'Approved, but the execution failed' },
  { name: 'other', label: 'Other', meaning: 'Executed, with a status that is not known here' },
];

/** How many rows of each class the ledger holds; those without P&L are among the closed ones. */
export function ClassCounts({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <section className="classes" aria-labelledby="classes-heading">
      <h2 id="classes-heading">
        Trades in the ledger
        <span className="aside">
          {snapshot === null ? '' : `${formatCount(snapshot.counts.all)} rows`}
        </span>
      </h2>
      <dl>
        {classes.map(({ name, label, meaning }) => (
          <div key={name} title={meaning}>
            <dt>{label}</dt>
            <dd>
              <FigureValue
                figure={countOf(snapshot, ({ counts }) => counts[name])}
                format={formatWhole}
                testId={`${name}-count`}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
