import { defaultSettings, labels, type Settings } from '../../shared/settings.ts';
import {
  amount,
  displayName,
  type FieldCheck,
  flag,
  hour,
  oneOf,
  orNull,
  port,
  relation,
  share,
  zone,
} from './field-readers.ts';
import { likelyKey } from './likely-key.ts';
import { isDocument, migrate } from './settings-migrations.ts';
import { shownKey, shownValue } from './shown-value.ts';

/** Settings that hold in any case, and a sentence for each thing that was not understood. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly warnings: readonly string[];
}

type Warn = (sentence: string) => void;

/** Reads one entry at its path; what is missing or not understood costs itself alone. */
type Reader<T> = (raw: unknown, fallback: T, path: string, warn: Warn) => T;
type Readers<T> = { readonly [K in keyof T]: Reader<T[K]> };

const mostWarnings = 20;

const field =
  <T>(check: FieldCheck<T>): Reader<T> =>
  (raw, fallback, path, warn) => {
    if (raw === undefined) return fallback;
    const read = check(raw);
    if (read.ok) return read.value;
    warn(`${path} ${shownValue(raw)} ${read.why}; ${shownDefault(path, fallback)} used.`);
    return fallback;
  };

const group =
  <T extends object>(readers: Readers<T>): Reader<T> =>
  (raw, fallback, path, warn) => {
    if (raw === undefined) return fallback;
    if (!isDocument(raw)) {
      warn(`${path} ${shownValue(raw)} is no group of keys; its defaults are used.`);
      return fallback;
    }
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const read = { ...fallback };
    for (const key of keysOf(readers)) {
      const own = Object.hasOwn(raw, key) ? raw[key] : undefined;
      read[key] = readers[key](own, fallback[key], at(key), warn);
    }
    for (const key of Object.keys(raw)) {
      if (Object.hasOwn(readers, key) || at(key) === 'version') continue;
      warn(unknownKey(at(key)));
    }
    return read;
  };

const readSettings = group<Omit<Settings, 'version'>>({
  profile: group({ name: field(orNull(displayName)), label: field(oneOf(labels)) }),
  bankroll: field(orNull(amount)),
  tradingDay: group({ zone: field(zone), rollHour: field(hour) }),
  quantityUnit: field(oneOf(['dollars', 'contracts'])),
  pnlIsGross: field(flag),
  relations: group({ paperTrades: field(relation), liveTrades: field(relation) }),
  limits: group({
    dailyLoss: field(orNull(share)),
    drawdown: field(orNull(share)),
    venue: field(orNull(share)),
    market: field(orNull(share)),
  }),
  appearance: group({
    theme: field(oneOf(['system', 'light', 'dark'])),
    palette: field(oneOf(['colour-blind', 'classic'])),
    privacy: field(flag),
  }),
  feed: group({ enabled: field(flag), port: field(port) }),
});

/** Reads any JSON value as settings; it never throws. */
export function parseSettings(json: unknown): ParsedSettings {
  if (!isDocument(json))
    return { settings: defaultSettings, warnings: ['settings.json holds no keys.'] };
  const { document, warnings } = migrate(json);
  const sentences: string[] = [...warnings];
  const warn: Warn = (sentence) => sentences.push(`settings.json: ${sentence}`);
  const { version, ...defaults } = defaultSettings;
  const settings = { version, ...readSettings(document, defaults, '', warn) };
  return { settings, warnings: few(sentences) };
}

/** A file of something else altogether would fill the screen. */
function few(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= mostWarnings) return sentences;
  const more = sentences.length - mostWarnings;
  return [...sentences.slice(0, mostWarnings), `settings.json: ${more} more of this kind.`];
}

function unknownKey(path: string): string {
  const meant = likelyKey(path, knownPaths);
  const question = meant === null ? '.' : `; did you mean ${meant}?`;
  return `unknown key ${shownKey(path)}${question}`;
}

function shownDefault(path: string, fallback: unknown): string {
  if (path === 'profile.name') return "the database's name is";
  return `${String(fallback)} is`;
}

const keysOf = <T extends object>(of: T): (keyof T & string)[] =>
  Object.keys(of) as (keyof T & string)[];

const knownPaths: readonly string[] = Object.entries(defaultSettings).flatMap(([key, value]) =>
  isDocument(value) ? [key, ...Object.keys(value).map((own) => `${key}.${own}`)] : [key],
);
