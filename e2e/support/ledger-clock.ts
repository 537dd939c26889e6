import type { TestLedger } from './test-ledger.ts';

/** The clock that Plumbline's queries see: the server's own, fixed at an instant, or shifted. */
export interface LedgerClock {
  /** Stands still from now on; null lets it go with the server's clock again. */
  fixAt(instant: string | null): Promise<void>;
  /** Goes on from an instant. */
  goOnFrom(instant: string): Promise<void>;
}

/**
 * Puts functions of the clock's name before the server's own in the reader's search path. It holds
 * for sessions that begin afterwards.
 */
export async function takeOverClock({ admin }: TestLedger): Promise<LedgerClock> {
  const clockOf = (name: string) => `
    create function clock.${name}() returns timestamptz language sql stable as
      $$ select coalesce(fixed, pg_catalog.${name}() + shift) from clock.hand $$;`;
  await admin.query(`
    create schema clock;
    create table clock.hand (fixed timestamptz, shift interval not null);
    insert into clock.hand values (null, '0');
    ${clockOf('clock_timestamp')} ${clockOf('now')}
    grant usage on schema clock to public;
    grant select on clock.hand to public;
    alter role plumbline_reader set search_path = clock, pg_catalog, public`);
  const set = async (fixed: string, shift: string, instant: string | null): Promise<void> => {
    await admin.query(`update clock.hand set fixed = ${fixed}, shift = ${shift}`, [instant]);
  };
  return {
    fixAt: (instant) => set('$1::timestamptz', "'0'", instant),
    goOnFrom: (instant) => set('null', '$1::timestamptz - pg_catalog.clock_timestamp()', instant),
  };
}
