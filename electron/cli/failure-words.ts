import { isDisconnection, type LedgerFailure } from '../../shared/failure.ts';
import { exitCodes } from './command-io.ts';
import type { FoundLedger } from './find-ledger.ts';

/** How DATABASE_URL reads. */
export const urlForm = 'postgresql://user:password@host:5432/database';

/** A failure as a person reads it: a demo that was killed leaves its address behind. */
export function explained(failure: LedgerFailure, { isDemo }: FoundLedger): LedgerFailure {
  if (!isEndedDemo(failure, isDemo)) return failure;
  const cause = 'No demo is running: nothing listens where the last one did.';
  return { ...failure, cause, remedy: `Start Plumbline, or set DATABASE_URL: ${urlForm}.` };
}

const isEndedDemo = ({ code }: LedgerFailure, isDemo: boolean): boolean =>
  isDemo && code === 'refused';

/** 3 without a connection, 4 with one that yields no figures; 2 where no ledger was named at all. */
export function exitCodeOf(
  failure: LedgerFailure,
  { isDemo }: Pick<FoundLedger, 'isDemo'>,
): 2 | 3 | 4 {
  if (isEndedDemo(failure, isDemo)) return exitCodes.usage;
  return isDisconnection(failure.code) ? exitCodes.cannotConnect : exitCodes.notALedger;
}

/** Cause and remedy as one sentence. */
export const failureSentence = ({ cause, remedy }: LedgerFailure): string =>
  oneSentence(`${cause} ${remedy}`);

/** "Cause. Remedy." reads on as "Cause (remedy)." */
export const oneSentence = (text: string): string =>
  text.trim().replace(/^(.*?)\. (.+?)\.?$/, '$1 ($2).');
