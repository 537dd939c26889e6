import { parseRelationName, type RelationName } from '../../shared/relation-name.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Basis } from '../../shared/snapshot.ts';

/** What queries and figures depend on besides the ledger's rows. */
export interface LedgerOptions extends Basis {
  readonly paperTrades: RelationName;
  readonly limits: Settings['limits'];
  /** Whether strategy, venue and market of each close are read, for alerts by name. */
  readonly namesCloses: boolean;
  /** Whether the newest failed rows are read, for alerts that name them. */
  readonly namesFailed: boolean;
  /** Live orders whose oldest pending one is asked for; null where nobody wants to know. */
  readonly liveTrades: RelationName | null;
  /** Trading days of one more range, which the report asks for. */
  readonly lastDays?: number;
}

/** What is read for alerts alone. */
export interface LedgerWishes {
  readonly namesCloses: boolean;
  readonly asksPending: boolean;
  readonly namesFailed: boolean;
}

export const noWishes: LedgerWishes = {
  ...{ namesCloses: false, asksPending: false, namesFailed: false },
};

/** The part of the settings that numbers depend on. */
export function ledgerOptionsOf(
  settings: Settings,
  { namesCloses, asksPending, namesFailed }: LedgerWishes = noWishes,
): LedgerOptions {
  const { bankroll, tradingDay, quantityUnit, pnlIsGross, relations, limits } = settings;
  return {
    ...{ bankroll, tradingDay, quantityUnit, pnlIsGross, limits, namesCloses, namesFailed },
    paperTrades: relationNamed(relations.paperTrades),
    liveTrades: asksPending ? relationNamed(relations.liveTrades) : null,
  };
}

function relationNamed(text: string): RelationName {
  const name = parseRelationName(text);
  if (name === null) throw new RangeError(`No relation name: ${text.slice(0, 60)}`);
  return name;
}
