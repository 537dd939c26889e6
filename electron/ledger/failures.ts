import { DrizzleQueryError } from 'drizzle-orm/errors';
import * as z from 'zod/mini';
import type { FailureCode, LedgerFailure } from '../../shared/failure.ts';
import { addressOf, type ConnectionProfile } from './connection-profile.ts';

/** A failure that has been classified and can be shown to a person. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  readonly failure: LedgerFailure;

  constructor(failure: LedgerFailure, options?: ErrorOptions) {
    super(failure.cause, options);
    this.failure = failure;
  }
}

/** Classifies once whatever the driver threw. Its own message is never shown: it may hold anything. */
export function toLedgerError(error: unknown, profile: ConnectionProfile): LedgerError {
  if (error instanceof LedgerError) return error;
  const root = rootOf(error);
  const code = failureCodeOf(root);
  const sentence = { ...sentenceOf(code, profile), ...closerSentence(root, profile) };
  return new LedgerError({ code, ...sentence }, { cause: error });
}

/** Where pg itself stops short of the server, the cause can be told more closely. */
function closerSentence(
  root: unknown,
  profile: ConnectionProfile,
): Partial<Pick<Sentence, 'cause' | 'remedy'>> {
  const message = root instanceof Error ? root.message : '';
  if (/does not support SSL/.test(message)) {
    return {
      cause: `The server at ${addressOf(profile)} speaks no TLS.`,
      remedy: 'Switch it on there, or add sslmode=disable where the way to it is safe.',
    };
  }
  if (/password must be a/.test(message)) {
    return { cause: `The server asks for a password of "${profile.user}", and none is given.` };
  }
  return {};
}

/** Drizzle wraps the driver's error, and a connect that tried several addresses wraps one for each. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error instanceof DrizzleQueryError ? rootOf(error.cause) : error;
}

/**
 * What the log may hold of an error: its code, or its kind and, for an answer of another form than
 * expected, the fields. Never its text, which may hold parameters.
 */
export function traceOf(error: unknown): string {
  const root = rootOf(error instanceof LedgerError ? error.cause : error);
  const code = codeOf(root);
  if (code !== null) return code;
  if (root instanceof z.core.$ZodError) {
    return `unexpected form of ${root.issues.map(({ path }) => path.join('.')).join(', ')}`;
  }
  return root instanceof Error ? root.name : typeof root;
}

/** The SQLSTATE or the system's error code that an error carries. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

const byErrorCode: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_NODATA: 'unknown-host',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ECONNRESET: 'terminated',
  EPIPE: 'terminated',
  '28P01': 'authentication',
  '28000': 'authentication',
  '3D000': 'no-database',
  '53300': 'too-many-connections',
  '57P03': 'starting-up',
  '57P01': 'terminated',
  '57P02': 'terminated',
  '57P05': 'terminated',
  '25P03': 'terminated',
  '08006': 'terminated',
  '3F000': 'missing-relation',
  '42P01': 'missing-relation',
  '42703': 'missing-column',
  '42804': 'wrong-type',
  '42883': 'wrong-type',
  '42501': 'missing-privilege',
  '55P03': 'table-locked',
  '57014': 'too-slow',
  '25006': 'not-read-only',
};

// What pg reports without a code, by the beginning of its message.
const byMessage: readonly (readonly [RegExp, FailureCode])[] = [
  [/^timeout exceeded when trying to connect/, 'unreachable'],
  [/^Connection terminated due to connection timeout/, 'unreachable'],
  [/^timeout expired/, 'unreachable'],
  // The server should have stopped the statement long before: it no longer answers.
  [/^Query read timeout/, 'unreachable'],
  [/^Connection terminated/, 'terminated'],
  [/^Client (has encountered a connection error|was closed)/, 'terminated'],
  [/^SASL|^SCRAM/, 'authentication'],
  [/SSL connection|SSL\/TLS/, 'tls'],
];

const tlsCode =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH|EPROTO)/;

function failureCodeOf(error: unknown): FailureCode {
  const code = codeOf(error);
  if (code !== null && tlsCode.test(code)) return 'tls';
  if (code !== null) return byErrorCode[code] ?? 'other';
  const message = error instanceof Error ? error.message : '';
  return byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}

type Sentence = Omit<LedgerFailure, 'code'>;

/** What a person reads of each class of failure, and how it is tried again. */
export function sentenceOf(code: FailureCode, profile: ConnectionProfile): Sentence {
  const server = addressOf(profile);
  const role = `"${profile.user}"`;
  const database = `"${profile.database}"`;
  const again = (cause: string, remedy = ''): Sentence => ({ cause, remedy, retry: 'backoff' });
  const mend = (cause: string, remedy: string): Sentence => ({ cause, remedy, retry: 'needs-you' });
  switch (code) {
    case 'unreachable':
      return again(
        `No answer from ${server}.`,
        'The network, a firewall or the server itself is silent.',
      );
    case 'refused':
      return again(
        `Nothing accepts connections at ${server}.`,
        'PostgreSQL is stopped there, or listens elsewhere.',
      );
    case 'unknown-host':
      return again(
        `The host name ${profile.host} is not known.`,
        'Check its spelling, the network and the VPN.',
      );
    case 'authentication':
      return mend(
        `The server refuses to sign in the role ${role}.`,
        'Check user name, password and the server’s pg_hba.conf.',
      );
    case 'tls':
      return mend(
        `No verified TLS connection to ${server}.`,
        'Check the server’s certificate, or name its authority with sslrootcert.',
      );
    case 'no-database':
      return mend(
        `The server has no database ${database}.`,
        'Check the database’s name in the address.',
      );
    case 'too-many-connections':
      return again(
        'The server, or this role, has no connection to spare.',
        'Plumbline waits, so that the trading system gets the next free one.',
      );
    case 'starting-up':
      return again('The server is starting up or shutting down.');
    case 'missing-relation':
      return mend(
        `A relation of the ledger is missing in ${database}.`,
        'Check that this is the trading system’s database; relations.paperTrades in settings.json names the relation.',
      );
    case 'missing-column':
      return mend(
        'A column of the ledger is missing.',
        'docs/ledger.md lists the columns; a view can give them these names.',
      );
    case 'wrong-type':
      return mend(
        'A column of the ledger has another type than expected.',
        'docs/ledger.md lists the columns; a view can give them these names.',
      );
    case 'missing-privilege':
      return mend(
        `The role ${role} may not read the ledger.`,
        'docs/sql/read-only-role.sql has the SQL that grants it.',
      );
    case 'table-locked':
      return again('The ledger’s table is locked by another session, such as an ALTER TABLE.');
    case 'too-slow':
      return again('The server took too long and the query was cancelled.');
    case 'terminated':
      return again(`The connection to ${server} was cut.`);
    case 'not-read-only':
      return mend(
        'The session is not read-only, so nothing was read.',
        'A connection pooler may drop the setting; connect directly, or set it on the role.',
      );
    case 'other':
      return again(
        'The answer of the server was not understood.',
        'Plumbline’s log has its kind, the server’s log has more.',
      );
  }
}
