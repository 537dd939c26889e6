import type { ClientBase } from 'pg';
import * as z from 'zod';
import type { Settings } from '../../shared/settings.ts';
import { factStatements } from './oracle-facts.ts';
import { figureStatements } from './oracle-figures.ts';
import { listStatements } from './oracle-lists.ts';
import { literal, type OracleBasis, scopeOf } from './oracle-scope.ts';

/**
 * The figures once more, from `ledger.md` alone: plain SQL written apart from the product's, with
 * other means (text comparison for "finite", running sums by subquery, one statement a figure).
 */
export interface Oracle {
  /** Every figure and fact by its name in the snapshot, as text; `null` where there is none. */
  readonly values: Readonly<Record<string, string>>;
  /** Every list by its name, each entry's fields as text. */
  readonly lists: Readonly<Record<string, readonly Entry[]>>;
}

type Entry = Readonly<Record<string, string>>;

/** The oracle's basis for settings of the product; without an instant the database's clock is now. */
export function oracleBasis(
  settings: Omit<Settings, 'relations' | 'version' | 'profile' | 'appearance'>,
  relation = 'paper_trades',
  asOf: string | null = null,
): OracleBasis {
  const { bankroll, tradingDay, quantityUnit, pnlIsGross, limits } = settings;
  const now = asOf === null ? 'now()' : `${literal(asOf)}::timestamptz`;
  return { relation, now, bankroll, tradingDay, quantityUnit, pnlIsGross, limits };
}

const text = z.nullable(z.string()).transform((value) => value ?? 'null');
const entries = z.array(z.record(z.string(), text));

/** Asks for everything in one statement, so that it is all of one moment. */
export async function askOracle(client: ClientBase, basis: OracleBasis): Promise<Oracle> {
  const values = Object.entries({ ...figureStatements(basis), ...factStatements(basis) });
  const lists = Object.entries(listStatements(basis));
  const columns = [...values, ...lists].map(([, statement]) => `(${statement})::text`);
  const { rows } = await client.query<unknown[]>({
    text: `${scopeOf(basis)} select ${columns.join(',\n')}`,
    rowMode: 'array',
  });
  const answers = z.array(text).parse(rows[0]);
  const answerTo = (index: number): string => answers[index] ?? 'null';
  return {
    values: Object.fromEntries(values.map(([name], index) => [name, answerTo(index)])),
    lists: Object.fromEntries(
      lists.map(([name], index) => [
        name,
        entries.parse(JSON.parse(answerTo(values.length + index))),
      ]),
    ),
  };
}
