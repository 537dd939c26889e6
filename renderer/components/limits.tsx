import type { ReactNode } from 'react';
import { formatPercent } from '../../shared/format.ts';
import type { Limit, Snapshot } from '../../shared/snapshot.ts';
import { FigureValue } from './figure-value.tsx';
import { LimitName, LimitTitle } from './limit-name.tsx';
import {
  averageLossText,
  type LimitState,
  limitKinds,
  limitName,
  limitState,
  usedShare,
} from './limit-words.ts';

interface Props {
  snapshot: Snapshot | null;
  /** Names that explain themselves; without, nothing in it can be acted on. */
  explains?: boolean;
}

/** How much is left before each limit of the settings; always four rows. */
export function Limits({ snapshot, explains = true }: Props) {
  return (
    <section className="limits" aria-labelledby="limits-heading">
      <h2 id="limits-heading">Left before a limit</h2>
      <ul>
        {limitKinds.map((kind) => {
          const limit = snapshot?.limits.find((each) => each.kind === kind);
          return limit === undefined ? (
            <Unset key={kind} kind={kind} isKnown={snapshot !== null} />
          ) : (
            <Row key={kind} limit={limit}>
              {explains ? (
                <LimitName limit={limit} leftOut={snapshot?.exposure.leftOut ?? 0} />
              ) : (
                <LimitTitle limit={limit} />
              )}
            </Row>
          );
        })}
      </ul>
    </section>
  );
}

function Unset({ kind, isKnown }: { kind: Limit['kind']; isKnown: boolean }) {
  return (
    <li className="limit" data-testid={`limit-${kind}`} data-state="unset">
      <span className="limit-name">{limitName(kind)}</span>
      <Bar share={null} />
      <span />
      <span className="limit-left dim">{isKnown ? 'no limit is set' : '—'}</span>
    </li>
  );
}

function Row({ limit, children }: { limit: Limit; children: ReactNode }) {
  const state = limitState(limit);
  const share = usedShare(limit);
  return (
    <li className="limit" data-testid={`limit-${limit.kind}`} data-state={state}>
      <span className="limit-name">{children}</span>
      <Bar share={share} />
      <Warning limit={limit} state={state} />
      {/* A change of one amount would move the other: each pair is an element of its own. */}
      <span className="limit-left" key={`${limit.left.value} ${limit.limit.value}`}>
        <Left limit={limit} state={state} />
        <span className="visually-hidden">
          {share === null ? '' : `, ${formatPercent(share, 0)} used`}
        </span>
      </span>
    </li>
  );
}

/** Drawn as shares of its size; a position takes no style attribute. */
function Bar({ share }: { share: string | null }) {
  const used = share === null ? 0 : Math.min(1, Math.max(0, Number(share)));
  return (
    <svg className="limit-bar" aria-hidden="true">
      <rect className="track" width="100%" height="100%" rx="3" />
      <rect className="used" width={`${(used * 100).toFixed(2)}%`} height="100%" rx="3" />
    </svg>
  );
}

/** A breach, or that one more average loss would be one. */
function Warning({ limit, state }: { limit: Limit; state: LimitState }) {
  const isClose = limit.breachedByAverageLoss === true;
  const words = state === 'breached' ? 'The limit is breached.' : isClose && averageLossText(limit);
  if (words === false || words === null) return <span className="limit-warning" />;
  return (
    <span className="limit-warning" title={words}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 1 11.5 11H0.5Z" />
      </svg>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function Left({ limit: { kind, left, limit }, state }: { limit: Limit; state: LimitState }) {
  if (left.kind !== 'value') return <FigureValue figure={left} unit="money" />;
  const whole = <FigureValue figure={limit} unit="money" />;
  if (state === 'breached') {
    const over = { kind: 'value', value: left.value.replace('-', '') } as const;
    return (
      <>
        <b>
          <FigureValue figure={over} unit="money" />
        </b>{' '}
        over {whole}
      </>
    );
  }
  return (
    <>
      <b>
        <FigureValue figure={left} unit="money" />
      </b>{' '}
      {/* What is left to lose may exceed the limit: the day's gains come before it. */}
      {kind === 'daily-loss' ? 'left to lose' : <>left of {whole}</>}
    </>
  );
}
