import { formatCount, formatText } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

interface Props {
  snapshot: Snapshot | null;
  host: string;
}

/** What a person must know about the data to read the figures right. */
export function StatusBar({ snapshot, host }: Props) {
  return (
    <footer className="status-bar">
      <ul>
        {snapshot === null
          ? null
          : qualityOf(snapshot).map(({ text, meaning }) => (
              <li key={meaning} className="chip" title={meaning}>
                {text}
              </li>
            ))}
      </ul>
      <span>
        {formatText(host)}
        {snapshot === null ? '' : ` · PostgreSQL ${versionOf(snapshot.server.versionNum)}`}
        {snapshot?.server.standby === true ? ' · standby' : ''}
      </span>
    </footer>
  );
}

interface Quality {
  readonly text: string;
  readonly meaning: string;
}

function qualityOf({ counts }: Snapshot): Quality[] {
  const counted = [
    [counts.unscored, 'closed without P&L', 'Closed trades without a P&L are in no sum.'],
    [counts.undated, 'without close time', 'They count in all-time figures, but in no day.'],
    [
      counts.anomalies,
      'in contradiction',
      'Rows that contradict themselves, such as a future close.',
    ],
    [
      counts.oddQuantities,
      'without a stake',
      'Their quantity is no number: not in exposure, not in turnover.',
    ],
    [counts.oddFees, 'without fees', 'Their fees are no number and are left out of the sum.'],
    [counts.otherWithPnl, 'other with P&L', 'A P&L on a trade of unknown status is in no sum.'],
  ] as const;
  return [
    ...counted.flatMap(([count, text, meaning]) =>
      count === 0 ? [] : [{ text: `${formatCount(count)} ${text}`, meaning }],
    ),
    { text: 'quantity = dollars', meaning: 'Quantities are read as dollars at risk.' },
    { text: 'P&L net of fees', meaning: 'The P&L of the ledger is read as net of fees.' },
  ];
}

/** 150018 → `15.18`. */
const versionOf = (versionNum: number): string =>
  `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
