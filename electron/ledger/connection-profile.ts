import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ConnectionOptions } from 'node:tls';

/** One database to watch, field by field: nothing is left to environment variables of a driver. */
export interface ConnectionProfile {
  /** Host name, address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | null;
  /** False for a plain connection; else verified unless the URL switched that off by name. */
  readonly tls: false | ConnectionOptions;
}

/** A connection URL that cannot be used, with a sentence for the person. */
export class ConnectionUrlError extends Error {
  override readonly name = 'ConnectionUrlError';
}

// `options` is left out on purpose: it could undo the read-only session.
const knownParameters = new Set(['sslmode', 'sslrootcert', 'host', 'application_name']);

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…`; throws a
 * {@link ConnectionUrlError} that never repeats the URL, which may hold a password.
 */
export function parseConnectionUrl(text: string): ConnectionProfile {
  // A socket's address has no host (`user@/database?host=/run`), which URL would not take.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/[^/?]*@)(?=[/?]|$)/, '$1localhost');
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new ConnectionUrlError(
      'DATABASE_URL is not a PostgreSQL address. It reads postgresql://user:password@host:5432/database.',
    );
  }
  // A raw "/", "#" or "@" of a password would be read as a host, a database, a fragment.
  if (url.hash !== '' || /[@/].*/.test(url.pathname.slice(1)) || url.search.includes('@')) {
    throw new ConnectionUrlError(
      'DATABASE_URL cannot be read. In a password, write @ as %40, / as %2F, # as %23, ? as %3F, : as %3A and % as %25.',
    );
  }
  for (const name of url.searchParams.keys()) refuseUnknown(name);
  const host = url.searchParams.get('host') ?? decode(url.hostname.replace(/^\[|\]$/g, ''));
  const user = decode(url.username) || userInfo().username;
  const base = {
    host: host || 'localhost',
    port: url.port === '' ? 5432 : Number(url.port),
    database: decode(url.pathname.slice(1)) || user,
    user,
    password: url.password === '' ? null : decode(url.password),
  };
  return { ...base, tls: tlsOf(url.searchParams, base.host) };
}

/** `host:port`, fit for the screen. */
export const addressOf = ({ host, port }: ConnectionProfile): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

function refuseUnknown(name: string): void {
  if (knownParameters.has(name)) return;
  throw new ConnectionUrlError(
    `DATABASE_URL holds the parameter "${name.slice(0, 40)}", which is not supported. Known are ${[...knownParameters].join(', ')}.`,
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new ConnectionUrlError(
      'DATABASE_URL holds a "%" that starts no escape. Write it as %25.',
      { cause: error },
    );
  }
}

const isLocal = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\./.test(host);

// libpq's weaker modes (prefer, require, verify-ca) would let anyone in the middle read the ledger:
// whatever is asked for, short of naming "disable" or "no-verify", is verified in full.
function tlsOf(parameters: URLSearchParams, host: string): false | ConnectionOptions {
  const mode = parameters.get('sslmode') ?? (isLocal(host) ? 'disable' : 'verify-full');
  switch (mode) {
    case 'disable':
      return false;
    case 'no-verify':
      return { rejectUnauthorized: false };
    case 'allow':
    case 'prefer':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return { rejectUnauthorized: true, ...certificateOf(parameters.get('sslrootcert')) };
    default:
      throw new ConnectionUrlError(
        'DATABASE_URL holds an unknown sslmode. Known are disable, no-verify, verify-full.',
      );
  }
}

function certificateOf(path: string | null): { ca?: string } {
  if (path === null) return {};
  try {
    return { ca: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new ConnectionUrlError(
      'The certificate file that sslrootcert names cannot be read. Check its path and permissions.',
      { cause: error },
    );
  }
}
