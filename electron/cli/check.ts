import type { LedgerFailure } from '../../shared/failure.ts';
import type { SettingsState } from '../../shared/settings.ts';
import { addressOf } from '../ledger/connection-profile.ts';
import { toLedgerError } from '../ledger/failures.ts';
import type { Ledger } from '../ledger/ledger.ts';
import {
  privilegesFound,
  relationsFound,
  serverFound,
  settingsFound,
  slotsFound,
} from './check-ledger.ts';
import { type Found, lookUpName, reachServer, secureConnection } from './check-network.ts';
import { type CheckStep, checkJson, type StepName, stepLine } from './check-print.ts';
import { type CommandIo, exitCodes, orUsage, readOptions, UsageError } from './command-io.ts';
import { exitCodeOf, explained, failureSentence } from './failure-words.ts';
import { type FoundLedger, profileOf, settingsOf } from './find-ledger.ts';
import { askLedger, questionDeadlineMs } from './open-ledger.ts';
import { colourPaint, plainPaint, wantsColour } from './paint.ts';

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
} as const;

/** The first step that failed, and what the command ends with. */
interface Stop {
  readonly code: number;
  readonly sentence: string;
}

/** Hears of each step as it ends. */
type Tell = (step: CheckStep) => unknown;

/** Tests the connection to the ledger step by step and stops at the first that fails. */
export function runCheckCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return orUsage('check', io, async () => {
    const { help, json } = readOptions('check', args, optionNames);
    if (help === true) {
      io.stdout(checkUsage);
      return exitCodes.fine;
    }
    const steps: CheckStep[] = [];
    const coloured = wantsColour(io.env, io.columns !== undefined);
    const paint = coloured ? colourPaint('colour-blind') : plainPaint;
    const stop = await walk(io, (step) => {
      steps.push(step);
      if (json !== true) io.stdout(stepLine(step, paint));
    });
    if (json === true) io.stdout(checkJson(steps));
    if (stop !== null && stop.sentence !== '') io.stderr(`check: ${stop.sentence}\n`);
    return stop?.code ?? exitCodes.fine;
  });
}

async function walk(io: CommandIo, tell: Tell): Promise<Stop | null> {
  const address = await readAddress(io);
  tell(address.step);
  const { found } = address;
  if (found === null) return { code: exitCodes.usage, sentence: address.step.sentence };
  const steps = { name: lookUpName, tcp: reachServer, tls: secureConnection } as const;
  for (const name of ['name', 'tcp', 'tls'] as const) {
    const tried = await attempt(name, found, () => steps[name](found.profile));
    tell(tried.step);
    if (tried.failure !== null) return stopAt(tried.failure, found);
  }
  return walkLedger(found, io, tell);
}

async function readAddress(io: CommandIo): Promise<{ step: CheckStep; found: FoundLedger | null }> {
  try {
    const found = await profileOf(io);
    return { found, step: stepOf('address', { state: 'ok', sentence: addressText(found) }, 0) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { found: null, step: failedStep('address', { cause: error.message, remedy: '' }, 0) };
  }
}

function addressText({ profile, isDemo }: FoundLedger): string {
  const demo = isDemo ? 'DEMO: the' : 'The';
  return `${demo} database "${profile.database}" at ${addressOf(profile)}, as the role "${profile.user}".`;
}

async function walkLedger(found: FoundLedger, io: CommandIo, tell: Tell): Promise<Stop | null> {
  const state = await settingsOf(io, found);
  const { settings } = state;
  // Before the relations, for it names them.
  tell(stepOf('settings', settingsFound(state), 0));
  const asked = await askLedger({ ...found, settings }, io, (ledger, interrupted) =>
    // What breaks because a person ended it is no finding.
    questionLedger(ledger, { found, state }, (step) => interrupted.aborted || tell(step)),
  );
  switch (asked.kind) {
    case 'answered':
      return asked.value;
    case 'failed':
      return stopAt(explained(asked.failure, found), found);
    case 'interrupted':
      return { code: asked.code, sentence: '' };
  }
}

async function questionLedger(
  ledger: Ledger,
  { found, state }: { readonly found: FoundLedger; readonly state: SettingsState },
  tell: Tell,
): Promise<Stop | null> {
  const { profile } = found;
  const signedIn = await attempt('sign-in', found, () => signIn(ledger));
  tell(signedIn.step);
  if (signedIn.failure !== null) return stopAt(signedIn.failure, found);
  const read = await timed(() => ledger.read(questionDeadlineMs));
  if (!read.ok) {
    const { failure } = toLedgerError(read.error, profile);
    tell(failedStep(stepOfFailure(failure), failure, read.ms));
    return stopAt(failure, found);
  }
  const { snapshot } = read.value;
  tell(stepOf('server', serverFound(snapshot.server), 0));
  tell(stepOf('relations', relationsFound(snapshot, state.settings), read.ms));
  tell(stepOf('privileges', privilegesFound(snapshot.server, profile), 0));
  tell(stepOf('slots', slotsFound(snapshot.server), 0));
  return null;
}

async function signIn(ledger: Ledger): Promise<Found> {
  await ledger.probe(questionDeadlineMs);
  return { state: 'ok', sentence: 'Signed in; the session is read-only.' };
}

const stepOfFailure = ({ code }: LedgerFailure): StepName =>
  code === 'missing-privilege' ? 'privileges' : 'relations';

const stopAt = (failure: LedgerFailure, found: FoundLedger): Stop => ({
  code: exitCodeOf(failure, found),
  sentence: failureSentence(failure),
});

async function attempt(
  name: StepName,
  found: FoundLedger,
  work: () => Promise<Found>,
): Promise<{ readonly step: CheckStep; readonly failure: LedgerFailure | null }> {
  const tried = await timed(work);
  if (tried.ok) return { step: stepOf(name, tried.value, tried.ms), failure: null };
  const failure = explained(toLedgerError(tried.error, found.profile).failure, found);
  return { step: failedStep(name, failure, tried.ms), failure };
}

type Timed<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | { readonly ok: false; readonly error: unknown; readonly ms: number };

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  try {
    return { ok: true, value: await work(), ms: performance.now() - start };
  } catch (error) {
    return { ok: false, error, ms: performance.now() - start };
  }
}

const stepOf = (
  name: StepName,
  { state, sentence, remedy = '' }: Found,
  ms: number,
): CheckStep => ({
  ...{ name, state, sentence, remedy, ms },
});

const failedStep = (
  name: StepName,
  { cause, remedy }: Pick<LedgerFailure, 'cause' | 'remedy'>,
  ms: number,
): CheckStep => ({
  ...{ name, state: 'failed', sentence: cause, remedy, ms },
});

const checkUsage = `check [--json]

Tests the connection to the ledger that DATABASE_URL names, step by step: address, name,
TCP, TLS, sign-in, server, relations and columns, privileges, connection slots, settings.
It stops at the first step that fails. A warning is no failure.

Examples:
  DATABASE_URL=postgresql://reader@host/trading plumbline check
  plumbline check --json | jq '.steps[] | select(.state != "ok")'

Exit codes: 0 fine, 2 usage or configuration, 3 cannot connect, 4 connected, but no ledger,
70 a mistake of Plumbline itself.
`;
