/** A story that the engine can tell. */
export type ScenarioName =
  | 'steady'
  | 'quiet'
  | 'burst'
  | 'losing-streak'
  | 'dip-and-recovery'
  | 'engine-dead'
  | 'amendment'
  | 'deletion'
  | 'all-open';

/** How closes are decided. */
export type Steering =
  /** Won or lost by chance, bent towards the path. */
  | 'chance'
  /** Each close makes what is missing to the path. */
  | 'chase'
  /** Every close loses. */
  | 'lose';

/** What sets one story apart from the others. */
export interface Scenario {
  /** What a person sees, in one line. */
  readonly summary: string;
  /** Nothing was ever closed, no types, no fees. */
  readonly isBare: boolean;
  readonly steering: Steering;
  /** The P&L since the start, in dollars, that closes are drawn to. */
  path(elapsedMs: number): number;
  /** Mean time between two events, or null when there are none. */
  intervalMs(elapsedMs: number): number | null;
  /** What is done now and then to rows that were settled long ago. */
  readonly meddling: 'amend' | 'delete' | null;
}

const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dipCycleMs = 200 * secondMs;

const steady: Scenario = {
  summary: 'about one event a second, a calm and slightly profitable day',
  isBare: false,
  steering: 'chance',
  path: gentlePath,
  intervalMs: () => secondMs,
  meddling: null,
};

/** All stories by name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  steady,
  quiet: {
    ...steady,
    summary: 'an event every fifteen seconds, the feed looks asleep but is not',
    intervalMs: () => 15 * secondMs,
  },
  burst: {
    ...steady,
    summary: 'about twenty events a second, for as long as it runs',
    intervalMs: () => secondMs / 20,
  },
  'losing-streak': {
    ...steady,
    summary: 'every close loses, until the daily loss and the drawdown limit are broken',
    steering: 'lose',
  },
  'dip-and-recovery': {
    ...steady,
    summary: 'every three minutes the P&L falls by about $85 and comes back within a minute',
    steering: 'chase',
    path: (elapsedMs) => dipAt(elapsedMs),
    intervalMs: (elapsedMs) => (isDipping(elapsedMs) ? secondMs / 5 : secondMs),
  },
  'engine-dead': {
    ...steady,
    summary: 'thirty days of history and then nothing: the trading engine has stopped',
    intervalMs: () => null,
  },
  amendment: {
    ...steady,
    summary: 'as steady, and now and then the P&L of a trade closed long ago is corrected',
    meddling: 'amend',
  },
  deletion: {
    ...steady,
    summary: 'as steady, and now and then trades closed long ago are deleted',
    meddling: 'delete',
  },
  'all-open': {
    ...steady,
    summary: 'nothing was ever closed, every type is unknown and fees are 0',
    isBare: true,
  },
};

/** All names, the default first. */
export const scenarioNames = Object.keys(scenarios).filter(isScenarioName);

/** The story told when none is named. */
export const defaultScenario: ScenarioName = 'steady';

/** Whether there is a story of that name. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}

/** Waves of some dollars on a slow climb. */
function gentlePath(elapsedMs: number): number {
  const wave = (size: number, periodMs: number): number =>
    size * Math.sin((2 * Math.PI * elapsedMs) / periodMs);
  return 5 * (elapsedMs / hourMs) + wave(7, 240 * secondMs) + wave(2, 37 * secondMs);
}

const dipStartMs = 30 * secondMs;
const dipBottomMs = 50 * secondMs;
const dipEndMs = 105 * secondMs;
const dipDepth = 85;

function isDipping(elapsedMs: number): boolean {
  const at = elapsedMs % dipCycleMs;
  return at >= dipStartMs && at < dipEndMs + 10 * secondMs;
}

function dipAt(elapsedMs: number): number {
  const at = elapsedMs % dipCycleMs;
  if (at < dipStartMs || at >= dipEndMs) return 0;
  if (at < dipBottomMs) return (-dipDepth * (at - dipStartMs)) / (dipBottomMs - dipStartMs);
  return -dipDepth * (1 - (at - dipBottomMs) / (dipEndMs - dipBottomMs));
}
