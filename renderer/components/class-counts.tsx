import type { Snapshot } from '../../shared/snapshot.ts';
import { FigureValue, formatWhole } from './figure-value.tsx';
import { countOf } from './figures.ts';
import { plural } from './words.ts';

type CountName = Exclude<keyof Snapshot['counts'], 'all'>;

interface ClassOfRows {
  readonly name: CountName;
  readonly label: string;
  readonly meaning: string;
}

const classes: readonly ClassOfRows[] = [
  { name: 'open', label: 'Open', meaning: 'Executed, not yet closed' },
  {
    name: 'closed',
    label: 'Closed',
    meaning: 'Executed and closed or resolved, those without P&L among them',
  },
  { name: 'rejected', label: 'Rejected', meaning: 'Turned down by the risk check, never executed' },
  { name: 'failed', label: 'Failed', meaning: 'Approved, but the execution failed' },
  { name: 'other', label: 'Other', meaning: 'Executed, with a status that is not known here' },
];

/** How many rows of each class the ledger holds; the classes add up to all rows. */
export function ClassCounts({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <section className="classes" aria-labelledby="classes-heading">
      <h2 id="classes-heading">
        Trades in the ledger
        <span className="aside">{snapshot === null ? '' : plural(snapshot.counts.all, 'row')}</span>
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
              {name === 'closed' ? <Unscored snapshot={snapshot} /> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The part of the closed trades that is in no sum. */
function Unscored({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <span className="part">
      {' · '}
      <FigureValue
        figure={countOf(snapshot, ({ counts }) => counts.unscored)}
        format={formatWhole}
        testId="unscored-count"
      />{' '}
      without P&L
    </span>
  );
}
