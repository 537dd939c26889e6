import { expect, test } from 'vitest';
import type { GroupName, Snapshot, Trade } from '../../../shared/snapshot.ts';
import { knownNames } from './known-names.ts';

const trade = (strategy: string | null, venue: string, marketId: string) =>
  ({ strategy, venue, marketId }) as Trade;
const named = (name: string): { group: GroupName } => ({ group: { kind: 'named', name } });

test('names come from groups and rows, once each, and only such as print as they are written', () => {
  const snapshot = {
    byStrategy: [named('rain'), { group: { kind: 'none' } }, { group: { kind: 'rest' } }],
    exposure: { venues: [named('poly')], markets: [named('poly:a')] },
    openTrades: [trade('btc', 'poly', 'poly:b'), trade(null, 'kal\u202eshi', ' ')],
    recentCloses: [trade('rain', 'kalshi', 'poly:a')],
    ...{ largestWin: null, largestLoss: trade('old', 'poly', 'poly:c') },
    // Nothing else of a snapshot is looked at.
  } as unknown as Snapshot;
  expect(knownNames(snapshot, 'strategy')).toEqual(['btc', 'old', 'rain']);
  expect(knownNames(snapshot, 'venue')).toEqual(['kalshi', 'poly']);
  expect(knownNames(snapshot, 'market')).toEqual(['poly:a', 'poly:b', 'poly:c']);
});
