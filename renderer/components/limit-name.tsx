import { formatPercent, formatText } from '../../shared/format.ts';
import type { Figure, Limit } from '../../shared/snapshot.ts';
import { Explain } from './explain.tsx';
import { FigureValue } from './figure-value.tsx';
import { LedgerText } from './ledger-text.tsx';
import { averageLossText, limitMeaning, limitName, uncountedText } from './limit-words.ts';

interface Props {
  limit: Limit;
  /** Open trades that are in no exposure. */
  leftOut: number;
}

/** Name of a limit; what is used and left of it, and what it rests on, is in its tooltip. */
export function LimitName({ limit, leftOut }: Props) {
  const { subject, used, left } = limit;
  const notes = [averageLossText(limit), uncountedText(limit, leftOut)];
  return (
    <Explain term={<LimitTitle limit={limit} />}>
      <p>{limitMeaning(limit)}</p>
      {subject === null ? null : <p>{formatText(subject)}</p>}
      <dl className="amounts-of-limit">
        <Amount name="used" figure={used} />
        <Amount name="limit" figure={limit.limit} />
        <Amount name="left" figure={left} />
      </dl>
      {notes.map((note) => (note === null ? null : <p key={note}>{note}</p>))}
    </Explain>
  );
}

const Amount = ({ name, figure }: { name: string; figure: Figure }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <FigureValue figure={figure} unit="money" hoverable={false} />
      {figure.kind === 'value' ? null : <span aria-hidden="true"> {figure.reason}</span>}
    </dd>
  </div>
);

/** Daily loss and drawdown with their share, the others with the venue or market closest to its limit. */
export function LimitTitle({ limit: { kind, subject, share } }: { limit: Limit }) {
  if (kind === 'daily-loss' || kind === 'drawdown') {
    return (
      <>
        {limitName(kind)} <span className="dim">{formatPercent(share, 0)}</span>
      </>
    );
  }
  if (subject === null) return limitName(kind);
  return <LedgerText text={`${limitName(kind)} · ${subjectOf(kind, subject)}`} title={null} />;
}

/** The slug alone where the row says already that it is a market. */
const subjectOf = (kind: 'venue' | 'market', subject: string): string =>
  formatText(kind === 'market' ? subject.replace(/^[^:]*:(?=.)/, '') : subject, 60);
