import { instantMs } from '../../shared/instant.ts';
import type { Trade } from '../../shared/snapshot.ts';
import { databaseNowMs } from '../client/judge-view.ts';
import { useOverTime } from '../client/monitor-context.tsx';
import { shortMoment } from './dates.ts';
import { Refreshed } from './refreshed.tsx';
import { ageText } from './words.ts';

interface Props {
  trade: Trade;
  /** Since it was opened, or since it closed. */
  since: 'createdAt' | 'resolvedAt';
  zone: string;
  /** The snapshot's own time. */
  now: string;
}

/** Time since a row was opened or closed, by the database's clock. */
export function TradeAge({ trade, since, zone, now }: Props) {
  const instant = trade[since];
  const sinceMs = instant === null ? null : instantMs(instant);
  const age = useOverTime((view, nowMs) => {
    const databaseMs = databaseNowMs(view, nowMs);
    if (databaseMs === null || sinceMs === null) return null;
    return sinceMs > databaseMs ? 'in future' : ageText(databaseMs - sinceMs);
  });
  const moment = (at: string | null): string =>
    at === null ? 'without a time' : shortMoment(at, zone, now);
  const closed = since === 'resolvedAt' ? `, closed ${moment(trade.resolvedAt)}` : '';
  return (
    <Refreshed text={age ?? '—'} title={`opened ${moment(trade.createdAt)}${closed} (${zone})`} />
  );
}
