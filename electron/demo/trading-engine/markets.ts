import { createRandom, type Random } from './random.ts';

/** Where a market is traded. */
export type Venue = 'polymarket' | 'kalshi';

/** A question that one can bet on at one venue. */
export interface Market {
  /** `venue:slug` */
  readonly id: string;
  readonly venue: Venue;
  readonly slug: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  /** How often it is traded, against the others. */
  readonly weight: number;
  /** The probability that the market gives to YES. */
  priceAt(timeMs: number): number;
}

/** All markets of a story. */
export interface MarketList {
  readonly all: readonly Market[];
  /** One that trades at that time. */
  pick(random: Random, timeMs: number): Market;
  /** The same question at the other venue. */
  twin(market: Market): Market;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

const subjects: Readonly<Record<string, string>> = {
  btc: '80k 90k 100k 110k 120k 130k 150k 200k',
  eth: '2k 3k 4k 5k 6k 8k',
  sol: '150 200 250 300',
  doge: '20c 40c',
  'fed-cut': 'jan mar may jun jul sep oct dec',
  'fed-hold': 'jan mar may jun',
  'cpi-above': '2pct 3pct 4pct',
  'unemployment-above': '4pct 5pct',
  'gdp-negative': 'q1 q2 q3 q4',
  sp500: '5500 6000 6500 7000',
  gold: '2500 3000 3500',
  oil: '60 80 100',
  'gas-above': '3usd 4usd',
  miami: 'rain heatwave hurricane',
  nyc: 'snow heat-90f rain flood',
  chicago: 'snow wind-advisory',
  austin: 'rain heat-100f',
  seattle: 'rain sunny-weekend',
  denver: 'snow',
  'nba-finals': 'celtics lakers nuggets thunder',
  'nfl-mvp': 'allen burrow jackson mahomes',
  'world-series': 'dodgers yankees',
  'premier-league': 'arsenal city liverpool',
  'f1-title': 'norris verstappen leclerc',
  'oscars-best-picture': 'drama musical',
  'box-office': '100m 200m',
  'spacex-launch': 'this-week this-month',
  starship: 'orbit',
  'ai-model': 'tops-arena open-weights',
  'senate-vote': 'budget tariff',
  shutdown: 'january october',
  'debt-ceiling': 'deal',
  tiktok: 'ban',
  'uk-rate': 'cut',
  'ecb-rate': 'cut',
};

/** A hundred questions at two venues; each lives for some weeks around the thirty days told. */
export function createMarkets(seed: number, nowMs: number): MarketList {
  const random = createRandom(seed, 'markets');
  const slugs = Object.entries(subjects).flatMap(([subject, endings]) =>
    endings.split(' ').map((ending) => `${subject}-${ending}`),
  );
  const pairs = slugs.map((slug) => createPair(slug, random, nowMs));
  const all = pairs.flat();
  const aliveAt = rememberHour((hour) => aliveIn(all, hour));
  const byId = new Map(all.map((market) => [market.id, market]));
  return {
    all,
    pick: (chance, timeMs) => chance.weighted(aliveAt(timeMs)),
    twin: (market) => byId.get(`${otherVenue(market.venue)}:${market.slug}`) ?? market,
  };
}

/** Thousands of picks fall into one hour; the list is made once for it. */
function rememberHour<T>(make: (hour: number) => T): (timeMs: number) => T {
  let known: { readonly hour: number; readonly value: T } | null = null;
  return (timeMs) => {
    const hour = Math.floor(timeMs / hourMs);
    if (known?.hour !== hour) known = { hour, value: make(hour) };
    return known.value;
  };
}

function aliveIn(all: readonly Market[], hour: number): readonly Market[] {
  const timeMs = hour * hourMs;
  const alive = all.filter((market) => market.opensAtMs <= timeMs && timeMs < market.closesAtMs);
  // A story that runs for months outlives its markets; the last ones then simply go on.
  return alive.length > 0 ? alive : all;
}

function otherVenue(venue: Venue): Venue {
  return venue === 'kalshi' ? 'polymarket' : 'kalshi';
}

function createPair(slug: string, random: Random, nowMs: number): readonly Market[] {
  const opensAtMs = nowMs - random.between(1, 45) * dayMs;
  const isLong = random.chance(0.3);
  const closesAtMs = opensAtMs + random.between(isLong ? 50 : 6, isLong ? 120 : 40) * dayMs;
  const weight = Math.exp(0.8 * random.normal());
  const curve = createCurve(random);
  return (['polymarket', 'kalshi'] as const).map((venue) => {
    const lean = random.between(-0.012, 0.012);
    const isMain = venue === 'polymarket';
    return {
      id: `${venue}:${slug}`,
      venue,
      slug,
      opensAtMs,
      closesAtMs,
      weight: weight * (isMain ? 1.2 : 0.8),
      priceAt: (timeMs) => onTick(curve(timeMs) + lean, isMain ? 1000 : 100),
    };
  });
}

/** Two swings, one over days and one over hours, around where the odds stand. */
function createCurve(random: Random): (timeMs: number) => number {
  const middle = 0.9 * random.normal();
  const slow = { size: random.between(0.2, 0.8), periodMs: random.between(3, 9) * dayMs };
  const fast = { size: random.between(0.05, 0.25), periodMs: random.between(3, 11) * hourMs };
  const phase = random.between(0, 2 * Math.PI);
  const swing = (part: { size: number; periodMs: number }, timeMs: number): number =>
    part.size * Math.sin(phase + (2 * Math.PI * timeMs) / part.periodMs);
  return (timeMs) => 1 / (1 + Math.exp(-(middle + swing(slow, timeMs) + swing(fast, timeMs))));
}

/** Kalshi quotes whole cents, Polymarket tenths of a cent; neither quotes certainty. */
function onTick(price: number, ticks: number): number {
  return Math.round(Math.min(0.96, Math.max(0.04, price)) * ticks) / ticks;
}
