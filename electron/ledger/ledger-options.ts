import { parseRelationName, type RelationName } from '../../shared/relation-name.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Basis } from '../../shared/snapshot.ts';

/** What queries and figures depend on besides the ledger's rows. */
export interface LedgerOptions extends Basis {
  readonly paperTrades: RelationName;
  readonly limits: Settings['limits'];
  /** Trading days of one more range, which the report asks for. */
  readonly lastDays?: number;
}

/** The part of the settings that numbers depend on. */
export function ledgerOptionsOf(settings: Settings): LedgerOptions {
  const { bankroll, tradingDay, quantityUnit, pnlIsGross, relations, limits } = settings;
  return {
    ...{ bankroll, tradingDay, quantityUnit, pnlIsGross, limits },
    paperTrades: relationNamed(relations.paperTrades),
  };
}

function relationNamed(text: string): RelationName {
  const name = parseRelationName(text);
  if (name === null) throw new RangeError(`No relation name: ${text.slice(0, 60)}`);
  return name;
}
