import { formatText } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { qualityOf } from './quality.ts';

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

/** 150018 → `15.18`. */
const versionOf = (versionNum: number): string =>
  `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
