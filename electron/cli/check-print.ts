import { formatText } from '../../shared/format.ts';
import type { Paint, Tone } from './paint.ts';

/** The steps in their order, as a person reads them. */
export const stepLabels = {
  address: 'Address',
  name: 'Name',
  tcp: 'TCP',
  tls: 'TLS',
  'sign-in': 'Sign-in',
  server: 'Server',
  relations: 'Relations',
  privileges: 'Privileges',
  slots: 'Slots',
  settings: 'Settings',
} as const;

export type StepName = keyof typeof stepLabels;

/** How one step went. */
export interface CheckStep {
  readonly name: StepName;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly sentence: string;
  /** What can be done; empty when nothing is needed. */
  readonly remedy: string;
  /** How long it took; 0 where it came with the step before. */
  readonly ms: number;
}

const marks = {
  ok: ['\u2713', 'good'],
  warning: ['\u26a0', 'warning'],
  failed: ['\u2717', 'failed'],
} as const satisfies Record<CheckStep['state'], readonly [string, Tone]>;

const labelWidth = 12;
const longestText = 2000;

/** One line of the check, with a second one for the remedy. */
export function stepLine({ name, state, sentence, remedy, ms }: CheckStep, paint: Paint): string {
  const [mark, tone] = marks[state];
  const time = ms === 0 ? '' : paint(` (${Math.max(1, Math.round(ms))} ms)`, 'quiet');
  const label = stepLabels[name].padEnd(labelWidth);
  const line = `${paint(mark, tone)} ${label}${formatText(sentence, longestText)}${time}\n`;
  if (remedy === '') return line;
  return `${line}${' '.repeat(labelWidth + 2)}${formatText(remedy, longestText)}\n`;
}

/** The whole check as JSON. */
export const checkJson = (steps: readonly CheckStep[]): string => {
  const rounded = steps.map((step) => ({ ...step, ms: Math.round(step.ms * 10) / 10 }));
  const ok = steps.every(({ state }) => state !== 'failed');
  return `${JSON.stringify({ ok, steps: rounded }, null, 2)}\n`;
};
