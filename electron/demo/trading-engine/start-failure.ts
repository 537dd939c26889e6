import { DatabaseError } from 'pg';
import { errorCode } from '../postgres-binaries.ts';
import { CannotConnectError } from './engine.ts';

/** Why an engine could not begin, fit for a person: neither driver text nor a secret is in it. */
export interface StartFailure {
  readonly kind: 'cannot-connect' | 'not-a-ledger' | 'other';
  /** A part of a sentence. */
  readonly reason: string;
}

const connectReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the host does not answer',
  '28P01': 'the user name or the password was not accepted',
  '28000': 'the user was not accepted',
  '3D000': 'there is no such database',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting up or shutting down',
};

const ledgerReasons: Readonly<Record<string, string>> = {
  '42501': 'this user may not create the tables of the ledger or write to them',
  '25006': 'the database is read-only',
  '42P01': 'a table of the ledger is missing',
  '42703': 'a table there has other columns than the ledger',
  '42804': 'a table there has columns of other types than the ledger',
};

/** Puts what {@link startEngine} threw into words. */
export function explainStartFailure(error: unknown): StartFailure {
  if (error instanceof CannotConnectError) {
    const reason = connectReasons[errorCode(error.cause)] ?? 'the server did not let it in';
    return { kind: 'cannot-connect', reason };
  }
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    const reason = ledgerReasons[code] ?? `the database refused the ledger (SQLSTATE ${code})`;
    return { kind: 'not-a-ledger', reason };
  }
  return { kind: 'other', reason: 'the connection was lost while the history was written' };
}
