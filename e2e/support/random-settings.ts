import fc from 'fast-check';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { type LedgerPlace, ledgerPlaces } from './ledger-places.ts';
import { type LedgerRow, randomLedger, withNulls } from './random-ledger.ts';

/** A ledger, the settings to read it with, and the instant at which it is read. */
export interface Situation {
  readonly rows: readonly LedgerRow[];
  readonly settings: Settings;
  readonly place: LedgerPlace;
  /** ISO instant. */
  readonly now: string;
}

const zones = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Havana',
  'Asia/Kathmandu',
  'Pacific/Chatham',
];

// Clock changes of those zones, ends of months and years, and a leap day.
const turns = [
  ...['2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z', '2026-03-29T01:00:00Z'],
  ...['2026-10-25T01:00:00Z', '2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z'],
  ...['2026-09-26T14:00:00Z', '2027-01-01T00:00:00Z', '2027-03-01T00:00:00Z'],
  ...['2028-02-29T00:00:00Z', '2025-12-31T00:00:00Z'],
];
const minuteMs = 60 * 1000;

/** At a turn, or up to forty days after it, so that it lies within the days shown. */
const now = fc
  .tuple(
    fc.constantFrom(...turns),
    fc.oneof(
      fc.integer({ min: -1500, max: 1500 }),
      fc.integer({ min: 0, max: 40 * 24 * 60 }),
      fc.constantFrom(0, 60),
    ),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([turn, minutes, ms]) => new Date(Date.parse(turn) + minutes * minuteMs + ms).toISOString());

const share = fc.constantFrom('0.1', '0.5', '0.015', '1', null);

const settings: fc.Arbitrary<Omit<Settings, 'relations'>> = fc.record({
  ...{
    version: fc.constant(defaultSettings.version),
    profile: fc.constant(defaultSettings.profile),
  },
  bankroll: fc.constantFrom('500', '500', '500', '12345.678', '0.01', null),
  tradingDay: fc.record({
    zone: fc.constantFrom(...zones),
    rollHour: fc.oneof(fc.constantFrom(0, 1, 2, 17), fc.integer({ min: 0, max: 23 })),
  }),
  quantityUnit: fc.constantFrom('dollars', 'contracts'),
  pnlIsGross: fc.boolean(),
  limits: fc.record({ dailyLoss: share, drawdown: share, venue: share, market: share }),
  appearance: fc.constant(defaultSettings.appearance),
  feed: fc.constant(defaultSettings.feed),
});

/** Random ledgers under random settings, at instants at which days are not what they seem. */
export const randomSituation: fc.Arbitrary<Situation> = fc
  .tuple(randomLedger, settings, fc.constantFrom(...ledgerPlaces), now)
  .chain(([rows, some, place, at]) =>
    (place.hasNulls && rows.length > 0 ? withNulls(rows) : fc.constant(rows)).map((each) => ({
      ...{ rows: each, place, now: at },
      settings: {
        ...some,
        relations: { ...defaultSettings.relations, paperTrades: place.setting },
      },
    })),
  );
