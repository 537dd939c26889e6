import { useState } from 'react';
import { formatText } from '../../shared/format.ts';
import { oddityMeaning } from '../../shared/oddities.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { KeyCaps } from '../keys/key-caps.tsx';
import { currentView } from '../views/current-view.ts';
import { Explain } from './explain.tsx';
import { Navigation } from './navigation.tsx';
import { OddRowsDialog } from './odd-rows-dialog.tsx';
import { basisTexts, type Oddity, odditiesOf } from './quality.ts';
import { Refreshed } from './refreshed.tsx';
import { restatementText } from './restatement-words.ts';

interface Props {
  snapshot: Snapshot | null;
  host: string;
}

/** What was chosen, as it was then: its dialog stays while chips come and go with the figures. */
interface Chosen {
  readonly oddity: Oddity;
  readonly snapshot: Snapshot;
}

/** What a person must know about the data to read the figures right. */
export function StatusBar({ snapshot, host }: Props) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <footer className="status-bar">
      <Navigation />
      {snapshot === null ? (
        <span />
      ) : (
        <Chips snapshot={snapshot} onChoose={(oddity) => setChosen({ oddity, snapshot })} />
      )}
      <p className="hint">
        <span>
          <KeyCaps keys={['?']} /> keys
        </span>
        <span>
          <KeyCaps keys={['Mod+K']} /> palette
        </span>
      </p>
      <span className="host">
        <Refreshed text={serverText(host, snapshot)} />
      </span>
      {chosen === null ? null : <OddRowsDialog {...chosen} onClose={() => setChosen(null)} />}
    </footer>
  );
}

function Chips({ snapshot, onChoose }: { snapshot: Snapshot; onChoose: (oddity: Oddity) => void }) {
  return (
    <ul className="chips">
      {basisTexts(snapshot.basis).map(({ text, meaning }) => (
        <li key={text}>
          <Explain className="chip" term={text}>
            {meaning}
          </Explain>
        </li>
      ))}
      {restatementText(snapshot) === null ? null : (
        <li>
          <button
            type="button"
            className="chip"
            data-testid="chip-restated"
            title="Figures that were shown before are others now; opens what changed"
            onClick={() => currentView.show('system')}
          >
            {restatementText(snapshot)}
          </button>
        </li>
      )}
      {odditiesOf(snapshot).map((oddity) => (
        <li key={oddity.id}>
          <button
            type="button"
            className="chip"
            data-testid={`chip-${oddity.id}`}
            title={oddityMeaning(oddity.id, snapshot.basis)}
            onClick={() => onChoose(oddity)}
          >
            <span className="count">
              <Refreshed text={oddity.count} />
            </span>
            {oddity.what}
          </button>
        </li>
      ))}
    </ul>
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
