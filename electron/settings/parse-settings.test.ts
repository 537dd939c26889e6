import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';
import { parseSettings } from './parse-settings.ts';

const warningsOf = (json: unknown): readonly string[] => parseSettings(json).warnings;

describe('a field', () => {
  test.each<[change: unknown, warning: string]>([
    [
      { tradingDay: { zone: 'Mars/Olympus' } },
      'tradingDay.zone "Mars/Olympus" is no time zone of this machine; UTC is used.',
    ],
    [{ tradingDay: { zone: '+05:30' } }, 'tradingDay.zone "+05:30" is no time zone'],
    [
      { tradingDay: { rollHour: 24 } },
      'tradingDay.rollHour 24 is no hour from 0 to 23; 0 is used.',
    ],
    [{ tradingDay: { rollHour: 1.5 } }, 'tradingDay.rollHour 1.5 is no hour'],
    [{ tradingDay: { rollHour: '7' } }, 'tradingDay.rollHour "7" is no hour'],
    [{ tradingDay: null }, 'tradingDay null is no group of keys; its defaults are used.'],
    [{ bankroll: 500.5 }, 'bankroll 500.5 must be text in double quotes'],
    [{ bankroll: 1e21 }, 'bankroll 1e+21 must be text'],
    [{ bankroll: '0.00' }, 'bankroll "0.00" is no positive amount'],
    [{ bankroll: -5 }, 'bankroll -5 is no positive amount'],
    [{ bankroll: '$500' }, 'bankroll "$500" is no positive amount'],
    [{ bankroll: '5e2' }, 'bankroll "5e2" is no positive amount'],
    [{ bankroll: '9'.repeat(61) }, 'bankroll "999'],
    [{ bankroll: [500] }, 'bankroll […] is no positive amount'],
    [
      { quantityUnit: 'shares' },
      'quantityUnit "shares" is none of "dollars", "contracts"; dollars',
    ],
    [{ pnlIsGross: 'yes' }, 'pnlIsGross "yes" is neither true nor false; false is used.'],
    [{ relations: { paperTrades: 'a.b.c' } }, 'relations.paperTrades "a.b.c" is neither name nor'],
    [{ relations: { liveTrades: 'x'.repeat(64) } }, 'relations.liveTrades "xxx'],
    [{ limits: { dailyLoss: '0' } }, 'limits.dailyLoss "0" is no share'],
    [{ limits: { drawdown: '1.01' } }, 'limits.drawdown "1.01" is no share'],
    [{ limits: { venue: 50 } }, 'limits.venue 50 is no share over 0 and up to 1'],
    [{ profile: { label: 'DEMO' } }, 'profile.label "DEMO" is none of "PAPER", "LIVE", "LEDGER"'],
    [
      { profile: { name: '  ' } },
      'profile.name "  " is no name of 1 to 60 characters; the database\'s',
    ],
    [
      { appearance: { theme: 'drak' } },
      'appearance.theme "drak" is none of "system", "light", "dark"',
    ],
    [{ version: 'one' }, 'version "one" is no version; 1 is used.'],
    [{ version: 2 }, 'version 2 is newer than this Plumbline knows (1)'],
    [{ bankrol: '9' }, 'unknown key bankrol; did you mean bankroll?'],
    [{ zone: 'UTC' }, 'unknown key zone; did you mean tradingDay.zone?'],
    [
      { limits: { dailyLos: '0.2' } },
      'unknown key limits.dailyLos; did you mean limits.dailyLoss?',
    ],
    [{ QuantityUnit: 'contracts' }, 'unknown key QuantityUnit; did you mean quantityUnit?'],
    [{ constructor: 1 }, 'unknown key constructor.'],
    [JSON.parse('{"__proto__": {"bankroll": "7"}}'), 'unknown key __proto__.'],
  ])('%j costs itself alone and says so', (change, warning) => {
    const { settings, warnings } = parseSettings(change);
    expect(settings).toEqual(defaultSettings);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`settings.json: ${warning}`);
  });

  test.each<[change: unknown, read: Partial<Settings>]>([
    [{ bankroll: 1250 }, { bankroll: '1250' }],
    [{ bankroll: '001250.500' }, { bankroll: '1250.5' }],
    [{ bankroll: null }, { bankroll: null }],
    [
      { limits: { dailyLoss: 0.15, venue: null, market: 1, drawdown: '0.250' } },
      { limits: { dailyLoss: '0.15', venue: null, market: '1', drawdown: '0.25' } },
    ],
    [
      { tradingDay: { zone: 'America/New_York', rollHour: -0 } },
      { tradingDay: { zone: 'America/New_York', rollHour: 0 } },
    ],
    [
      { relations: { paperTrades: 'desk."Paper.Trades"' } },
      { relations: { paperTrades: 'desk."Paper.Trades"', liveTrades: 'live_trades' } },
    ],
  ])('%j is understood without a word', (change, read) => {
    expect(parseSettings(change)).toEqual({
      settings: { ...defaultSettings, ...read },
      warnings: [],
    });
  });

  test('that may hold a password is not repeated', () => {
    const address = 'postgres://me:hunter2@db/ledger';
    const told = warningsOf({
      relations: { paperTrades: address },
      profile: { label: 'password=hunter2' },
      [address]: 1,
    });
    expect(told).toHaveLength(3);
    expect(told.join()).not.toContain('hunter2');
    expect(told.join()).toContain('(hidden)');
  });

  test('is shown short and without control characters', () => {
    const [warning = ''] = warningsOf({ quantityUnit: `\u001b[31m\u202e${'x'.repeat(500)}` });
    expect(warning).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(warning.length).toBeLessThan(160);
  });
});

test('a file of something else does not fill the screen', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, 1]));
  expect(warningsOf(many)).toHaveLength(21);
  expect(warningsOf(many).at(-1)).toBe('settings.json: 480 more of this kind.');
});

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 1, max: 9 }))
  .map(([whole, tenths]) => `${whole}.${tenths}`);
const fraction = fc.integer({ min: 1, max: 9 }).map((tenths) => `0.${tenths}`);
const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const validSettings: fc.Arbitrary<Settings> = fc.record({
  version: fc.constant(1 as const),
  profile: fc.record({
    name: orNone(fc.stringMatching(/^[a-z][a-z0-9 -]{0,59}$/)),
    label: fc.constantFrom('PAPER', 'LIVE', 'LEDGER'),
  }),
  bankroll: orNone(decimal),
  tradingDay: fc.record({
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    rollHour: fc.integer({ min: 0, max: 23 }),
  }),
  quantityUnit: fc.constantFrom('dollars', 'contracts'),
  pnlIsGross: fc.boolean(),
  relations: fc.record({
    paperTrades: fc.stringMatching(/^([a-z_]{1,20}\.)?[a-z_]{1,20}$/),
    liveTrades: fc.constantFrom('live_trades', 'desk."Live ""x"" .1"'),
  }),
  limits: fc.record({
    dailyLoss: orNone(fraction),
    drawdown: orNone(fraction),
    venue: orNone(fraction),
    market: orNone(fraction),
  }),
  appearance: fc.record({
    theme: fc.constantFrom('system', 'light', 'dark'),
    palette: fc.constantFrom('colour-blind', 'classic'),
    privacy: fc.boolean(),
  }),
  feed: fc.record({ enabled: fc.boolean(), port: fc.integer({ min: 0, max: 65_535 }) }),
});

/** Path of each field, e.g. `['limits', 'venue']`. */
const fieldPaths = Object.entries(defaultSettings).flatMap(([key, value]) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).map((own) => [key, own])
    : [[key]],
);

/** A copy with another value at a path. */
function withValueAt(
  settings: object,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): object {
  const inner = rest.length === 0 ? value : withValueAt(Reflect.get(settings, key), rest, value);
  return { ...settings, [key]: inner };
}

const valueAt = (settings: object, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), settings);

describe('whatever the file holds', () => {
  test('any JSON value yields settings that hold, and the same ones from them again', () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.record(
        Object.fromEntries(Object.keys(defaultSettings).map((key) => [key, fc.jsonValue()])),
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(hostile, (json) => {
        const { settings, warnings } = parseSettings(json);
        expect(settingsSchema.parse(settings)).toEqual(settings);
        expect(parseSettings(settings)).toEqual({ settings, warnings: [] });
        for (const warning of warnings) expect(warning).toMatch(/^settings\.json.*\.$|\?$/s);
      }),
      { numRuns: 1000 },
    );
  });

  test('valid settings come through as they are', () => {
    fc.assert(
      fc.property(validSettings, (settings) => {
        expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual({
          settings,
          warnings: [],
        });
      }),
    );
  });

  test('a bad field never touches another', () => {
    const bad = fc.constantFrom<unknown>({}, [], 1e300, '\u0000', 'no\u0007 such');
    fc.assert(
      fc.property(validSettings, fc.constantFrom(...fieldPaths), bad, (settings, path, value) => {
        const parsed = parseSettings(withValueAt(settings, path, value));
        const expected = withValueAt(settings, path, valueAt(defaultSettings, path));
        expect(parsed.settings).toEqual(expected);
        expect(parsed.warnings).toHaveLength(1);
        expect(parsed.warnings[0]).toContain(path.join('.'));
      }),
    );
  });
});
