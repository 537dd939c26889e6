import type { ScopeKind } from '../../../shared/alerts/rule-kinds.ts';
import { formatText } from '../../../shared/format.ts';
import type { GroupName, Snapshot, Trade } from '../../../shared/snapshot.ts';

/** Names that a snapshot holds, in their order: to choose from, for no snapshot holds them all. */
export function knownNames(
  { byStrategy, exposure, openTrades, recentCloses, largestWin, largestLoss }: Snapshot,
  by: ScopeKind,
): string[] {
  const trades = [...openTrades, ...recentCloses, largestWin, largestLoss];
  const ofTrades = trades.flatMap((trade) => (trade === null ? [] : (ofTrade[by](trade) ?? [])));
  const groups = {
    strategy: byStrategy,
    venue: exposure.venues,
    market: exposure.markets,
  } as const;
  const ofGroups = groups[by].flatMap(({ group }) => nameOf(group));
  // What prints other than it is written would be another name once it is chosen.
  const isPlain = (name: string): boolean => name.trim() !== '' && formatText(name, 200) === name;
  return [...new Set([...ofGroups, ...ofTrades])].filter(isPlain).toSorted();
}

const ofTrade: Readonly<Record<ScopeKind, (trade: Trade) => string | null>> = {
  strategy: ({ strategy }) => strategy,
  venue: ({ venue }) => venue,
  market: ({ marketId }) => marketId,
};

const nameOf = (group: GroupName): string[] => (group.kind === 'named' ? [group.name] : []);
