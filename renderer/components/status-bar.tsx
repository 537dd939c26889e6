import { useState } from 'react';
import { formatText } from '../../shared/format.ts';
import type { OddityId, Snapshot } from '../../shared/snapshot.ts';
import { OddRowsDialog } from './odd-rows-dialog.tsx';
import { basisTexts, odditiesOf, oddityMeaning } from './quality.ts';
import { Refreshed } from './refreshed.tsx';

interface Props {
  snapshot: Snapshot | null;
  host: string;
}

/** What a person must know about the data to read the figures right. */
export function StatusBar({ snapshot, host }: Props) {
  return (
    <footer className="status-bar">
      {snapshot === null ? <span /> : <Chips snapshot={snapshot} />}
      <span className="host">
        <Refreshed text={serverText(host, snapshot)} />
      </span>
    </footer>
  );
}

function Chips({ snapshot }: { snapshot: Snapshot }) {
  const [openId, setOpenId] = useState<OddityId | null>(null);
  const oddities = odditiesOf(snapshot);
  const open = oddities.find(({ id }) => id === openId);
  return (
    <>
      <ul className="chips">
        {basisTexts(snapshot.basis).map(({ text, meaning }) => (
          <li key={text} className="chip" title={meaning}>
            {text}
          </li>
        ))}
        {oddities.map(({ id, count, what }) => (
          <li key={id}>
            <button
              type="button"
              className="chip"
              data-testid={`chip-${id}`}
              title={oddityMeaning(id)}
              onClick={() => setOpenId(id)}
            >
              <span className="count">
                <Refreshed text={count} />
              </span>
              {what}
            </button>
          </li>
        ))}
      </ul>
      {open === undefined ? null : (
        <OddRowsDialog oddity={open} snapshot={snapshot} onClose={() => setOpenId(null)} />
      )}
    </>
  );
}

function serverText(host: string, snapshot: Snapshot | null): string {
  if (snapshot === null) return formatText(host);
  const { versionNum, standby } = snapshot.server;
  const version = `PostgreSQL ${versionOf(versionNum)}`;
  return [formatText(host), version, standby ? 'standby' : ''].filter(Boolean).join(' · ');
}

/** 150018 → `15.18`. */
const versionOf = (versionNum: number): string =>
  `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
