import { formatPercent, formatText } from '../../shared/format.ts';
import type { Limit, Snapshot } from '../../shared/snapshot.ts';
import { FigureValue } from './figure-value.tsx';
import { LedgerText } from './ledger-text.tsx';
import {
  type LimitState,
  limitKinds,
  limitMeaning,
  limitName,
  limitState,
  usedShare,
} from './limit-words.ts';

/** How much is left before each limit of the settings; always four rows. */
export function Limits({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <section className="limits" aria-labelledby="limits-heading">
      <h2 id="limits-heading">Left before a limit</h2>
      <ul>
        {limitKinds.map((kind) => {
          const limit = snapshot?.limits.find((each) => each.kind === kind);
          return limit === undefined ? (
            <Unset key={kind} kind={kind} isKnown={snapshot !== null} />
          ) : (
            <Row key={kind} limit={limit} />
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

function Row({ limit }: { limit: Limit }) {
  const state = limitState(limit);
  const share = usedShare(limit);
  return (
    <li
      className="limit"
      data-testid={`limit-${limit.kind}`}
      data-state={state}
      title={limitMeaning(limit.kind)}
    >
      <span className="limit-name">
        <Name limit={limit} />
      </span>
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

/** Daily loss and drawdown with their share, the others with the venue or market closest to its limit. */
function Name({ limit: { kind, subject, share } }: { limit: Limit }) {
  if (kind === 'daily-loss' || kind === 'drawdown') {
    return (
      <>
        {limitName(kind)} <span className="dim">{formatPercent(share, 0)}</span>
      </>
    );
  }
  if (subject === null) return limitName(kind);
  return <LedgerText text={`${limitName(kind)} · ${subjectOf(kind, subject)}`} title={subject} />;
}

/** The slug alone where the row says already that it is a market. */
const subjectOf = (kind: 'venue' | 'market', subject: string): string =>
  formatText(kind === 'market' ? subject.replace(/^[^:]*:(?=.)/, '') : subject, 60);

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
  const words =
    state === 'breached'
      ? 'The limit is breached.'
      : limit.breachedByAverageLoss === true
        ? 'One more average loss breaches this limit.'
        : null;
  return (
    <span className="limit-warning" title={words ?? undefined}>
      {words === null ? null : (
        <>
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M6 1 11.5 11H0.5Z" />
          </svg>
          <span className="visually-hidden">{words}</span>
        </>
      )}
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
