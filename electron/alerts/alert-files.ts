import { join } from 'node:path';
import type { Document, Migration } from '../settings/settings-migrations.ts';
import { readRules, readState, type StoredRead } from './read-stored.ts';
import { noRules, noState, type StoredRules, type StoredState } from './stored-alerts.ts';
import { openStoredFile, type StoredFile, type Warn } from './stored-file.ts';

/** What is kept of alerts, as it was when it was opened, and the way to keep something else. */
export interface AlertFiles {
  /** As loaded. */
  rules(): StoredRules;
  /** As loaded. */
  state(): StoredState;
  /** One sentence for each thing that was not as it should be. */
  warnings(): readonly string[];
  /**
   * Each resolves when what was handed over, or something newer, is on the disk, and rejects with a
   * sentence when it is not. Only the newest of what waits is written.
   */
  saveRules(rules: StoredRules): Promise<void>;
  saveState(state: StoredState): Promise<void>;
}

/** How documents of older versions are led up: the first step of each leads from version 1 to 2. */
export interface AlertSteps {
  readonly rules: readonly Migration[];
  readonly state: readonly Migration[];
}

export const noSteps: AlertSteps = { rules: [], state: [] };
const mostWarnings = 20;

/**
 * Opens `alert-rules.json` and `alert-state.json`, of the demo a state of its own, in a home that exists. What cannot be used costs itself
 * alone, and `tell` hears of it once; nothing that was not understood is overwritten without a copy.
 */
export async function openAlertFiles(
  home: string,
  tell: Warn,
  steps: AlertSteps = noSteps,
  stateName: 'alert-state.json' | 'alert-state-demo.json' = 'alert-state.json',
): Promise<AlertFiles> {
  const warnings: string[] = [];
  const warn: Warn = (sentence, error) => {
    warnings.push(sentence);
    tell(sentence, error);
  };
  const open = (name: string, own: readonly Migration[], indent: number) =>
    openStoredFile({ path: join(home, name), steps: own, indent }, warn);
  const rulesFile = await open('alert-rules.json', steps.rules, 2);
  const rules = understood(rulesFile, { name: 'alert-rules.json', read: readRules, warn }, noRules);
  // Written with each evaluation, and read by nobody.
  const stateFile = await open(stateName, steps.state, 0);
  const state = understood(stateFile, { name: stateName, read: readState, warn }, noState);
  return {
    rules: () => rules,
    state: () => state,
    warnings: () => warnings,
    saveRules: (value) => rulesFile.write(value),
    saveState: (value) => stateFile.write(value),
  };
}

interface Reading<T> {
  readonly name: string;
  readonly read: (document: Document) => StoredRead<T>;
  readonly warn: Warn;
}

/** What a file says, its defaults where it says nothing. */
function understood<T>(file: StoredFile, { name, read, warn }: Reading<T>, defaults: T): T {
  if (file.document === null) return defaults;
  const { value, sentences } = read(file.document);
  for (const sentence of sentences.slice(0, mostWarnings)) warn(`${name}: ${sentence}`);
  const more = sentences.length - mostWarnings;
  if (more > 0) warn(`${name}: ${more} more of this kind.`);
  if (sentences.length > 0) {
    warn(`${name}: before the first change a copy is kept as ${file.keepCopy()}.`);
  }
  return value;
}
