import * as z from 'zod/mini';
import { decimalSchema } from './decimal-schema.ts';

/** The profile's label; DEMO is no choice, it is the embedded database alone. */
export const labels = ['PAPER', 'LIVE', 'LEDGER'] as const;

/** What `settings.json` holds: `ledger.md` names the keys that numbers depend on. */
export const settingsSchema = z.object({
  version: z.literal(1),
  profile: z.object({
    /** Shown in the trust bar; null takes the database's name. */
    name: z.nullable(z.string()),
    label: z.enum(labels),
  }),
  /** Dollars, null when there is none. */
  bankroll: z.nullable(decimalSchema),
  tradingDay: z.object({
    /** IANA name, e.g. `America/New_York`. */
    zone: z.string(),
    /** Hour of the zone's clock at which a trading day begins, 0 to 23. */
    rollHour: z.int().check(z.gte(0), z.lte(23)),
  }),
  /** What `quantity` means in the ledger. */
  quantityUnit: z.enum(['dollars', 'contracts']),
  /** Whether `realized_pnl` still holds the fees. */
  pnlIsGross: z.boolean(),
  /** `name` or `schema.name`. */
  relations: z.object({ paperTrades: z.string(), liveTrades: z.string() }),
  /** Shares as fractions; null switches a limit off. */
  limits: z.object({
    /** Of the bankroll. */
    dailyLoss: z.nullable(decimalSchema),
    /** Of the high-water mark. */
    drawdown: z.nullable(decimalSchema),
    /** Of the bankroll. */
    venue: z.nullable(decimalSchema),
    /** Of the bankroll. */
    market: z.nullable(decimalSchema),
  }),
  appearance: z.object({
    theme: z.enum(['system', 'light', 'dark']),
    palette: z.enum(['colour-blind', 'classic']),
    /** Amounts are hidden. */
    privacy: z.boolean(),
  }),
  /** The local feed for scripts, agents and browsers on this machine. */
  feed: z.object({
    enabled: z.boolean(),
    /** On 127.0.0.1; 0 takes any that is free. */
    port: z.int().check(z.gte(0), z.lte(65_535)),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Appearance = Settings['appearance'];

/** The presets of the trading system. */
export const defaultSettings: Settings = {
  version: 1,
  profile: { name: null, label: 'LEDGER' },
  bankroll: '500',
  tradingDay: { zone: 'UTC', rollHour: 0 },
  quantityUnit: 'dollars',
  pnlIsGross: false,
  relations: { paperTrades: 'paper_trades', liveTrades: 'live_trades' },
  limits: { dailyLoss: '0.1', drawdown: '0.2', venue: '0.5', market: '0.1' },
  appearance: { theme: 'system', palette: 'colour-blind', privacy: false },
  feed: { enabled: false, port: 8630 },
};

/** Whether two settings make other figures of the same ledger. */
export const makeOtherFigures = (a: Settings, b: Settings): boolean => basisOf(a) !== basisOf(b);

// No figure is read from live orders.
const basisOf = ({
  profile: _name,
  appearance: _look,
  feed: _readers,
  relations,
  ...basis
}: Settings): string => JSON.stringify([basis, relations.paperTrades]);

/** The settings in effect, and what a person must mend in the file. */
export const settingsStateSchema = z.object({
  settings: settingsSchema,
  /** One sentence a field that was not understood: what, why, what is used in its place. */
  warnings: z.array(z.string()),
  /** Where the file lies. */
  path: z.string(),
});

export type SettingsState = z.infer<typeof settingsStateSchema>;
