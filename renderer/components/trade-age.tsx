import { useMemo } from 'react';
import { formatTime } from '../../shared/format.ts';
import { instantMs } from '../../shared/instant.ts';
import type { Trade } from '../../shared/snapshot.ts';
import { databaseNowMs } from '../client/judge-view.ts';
import { useOverTime } from '../client/monitor-context.tsx';
import { ageText } from './words.ts';

interface Props {
  trade: Trade;
  zone: string;
}

/** Time since the row was created, by the database's clock. */
export function TradeAge({ trade: { createdAt, resolvedAt }, zone }: Props) {
  const createdMs = createdAt === null ? null : instantMs(createdAt);
  const age = useOverTime((view, nowMs) => {
    const databaseMs = databaseNowMs(view, nowMs);
    if (databaseMs === null || createdMs === null) return null;
    return createdMs > databaseMs ? 'in future' : ageText(databaseMs - createdMs);
  });
  const title = useMemo(
    () => (createdAt === null ? undefined : datesOf(createdAt, resolvedAt, zone)),
    [createdAt, resolvedAt, zone],
  );
  if (createdAt === null || age === null) {
    return <span title="no readable creation time in the ledger">—</span>;
  }
  return (
    <time dateTime={createdAt} title={title}>
      {age}
    </time>
  );
}

function datesOf(createdAt: string, resolvedAt: string | null, zone: string): string {
  const closed = resolvedAt === null ? '' : `, closed ${dateAndTime(resolvedAt, zone)}`;
  return `created ${dateAndTime(createdAt, zone)}${closed} (${zone})`;
}

function dateAndTime(instant: string, zone: string): string {
  const ms = instantMs(instant);
  if (ms === null) return instant;
  const date = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium' });
  return `${date.format(ms)} ${formatTime(new Date(ms).toISOString(), zone)}`;
}
