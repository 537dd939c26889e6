import { closeTrades } from './closes.ts';
import type { TestLedger } from './test-ledger.ts';

/** A close, and what the day had come to with it. */
export interface DayPoint {
  /** UTC, to the microsecond, as the contract writes instants. */
  readonly at: string;
  /** Time of day in the trading day's zone, `03:12`. */
  readonly clock: string;
  /** Rounded and signed, `−$62.10`. */
  readonly money: string;
}

/** A line that the day's P&L falls below, and above which that is over. */
export interface DayLine {
  readonly threshold: string;
  readonly recovery: string;
}

/** The day's P&L as the ledger's rows have it, in SQL of its own: nothing here is Plumbline's. */
export class DayOracle {
  readonly #own: TestLedger;
  readonly #zone: string;
  /** What closed before is not looked at. */
  #since = '-infinity';

  constructor(own: TestLedger, zone: string) {
    this.#own = own;
    this.#zone = zone;
  }

  /** One close brings the day to $0.00; what comes after it is watched. */
  async level(): Promise<void> {
    const [day] = await this.#ask<{ missing: string }>(
      'select (-coalesce((select pnl from line order by at desc limit 1), 0))::text as missing',
    );
    if (day === undefined) throw new Error('The ledger has no day');
    await closeTrades(this.#own.engine, [{ pnl: day.missing }]);
    const [now] = await this.#ask<{ at: string }>(`select ${instant('clock_timestamp()')} as at`);
    this.#since = now?.at ?? '';
  }

  /** The first close that brought the day to the line or below it; null before there is one. */
  async crossing({ threshold }: Pick<DayLine, 'threshold'>): Promise<DayPoint | null> {
    return this.#first('pnl <= $3', [threshold]);
  }

  /** The first close after a crossing that brought it above the recovery; null before there is one. */
  async recoveryAfter({ at }: DayPoint, { recovery }: DayLine): Promise<DayPoint | null> {
    return this.#first('pnl > $3 and at > $4::timestamptz', [recovery, at]);
  }

  /** An amount as it is written: `−$62.10`. */
  async money(amount: string): Promise<string> {
    const [row] = await this.#ask<{ money: string }>(`select ${money('$3::numeric')} as money`, [
      amount,
    ]);
    return row?.money ?? '';
  }

  async #first(where: string, values: readonly unknown[]): Promise<DayPoint | null> {
    const [point] = await this.#ask<DayPoint>(
      `select ${instant('at')} as at, to_char(at at time zone $1, 'HH24:MI') as clock,
        ${money('pnl')} as money from watched where ${where} order by watched.at limit 1`,
      values,
    );
    return point ?? null;
  }

  /** `$1` is the zone, `$2` the beginning; values come after. */
  async #ask<Row extends object>(select: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#own.admin.query<Row>(
      `with line as (
        select resolved_at as at, sum(sum(realized_pnl)) over (order by resolved_at) as pnl
        from paper_trades
        where risk_approved and risk_rejection_reason is null and status in ('closed', 'resolved')
          and resolved_at >= date_trunc('day', now() at time zone $1) at time zone $1
          and realized_pnl is not null
        group by resolved_at
      ), watched as (select * from line where at > $2::timestamptz)
      ${select}`,
      [this.#zone, this.#since, ...values],
    );
    return rows;
  }
}

const instant = (sql: string): string =>
  `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const money = (sql: string): string =>
  `case when round(${sql}, 2) < 0 then '\u2212' when round(${sql}, 2) > 0 then '+' else '' end
    || '$' || to_char(abs(round(${sql}, 2)), 'FM999,999,990.00')`;
