import type pg from 'pg';
import type { ConnectionProfile } from './connection-profile.ts';

const connectTimeoutMs = 3000;
const serverKeepAlive =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** Session limits; `statement_timeout` stands below `query_timeout`, so that the server stops first. */
export const sessionLimits = {
  statementTimeoutMs: 5000,
  queryTimeoutMs: 8000,
  lockTimeoutMs: 1000,
  idleInTransactionMs: 10 * 1000,
} as const;

/** Every field is given, so that no environment variable of the driver fills a gap. */
export function poolConfig(profile: ConnectionProfile): pg.PoolConfig {
  return {
    host: profile.host,
    port: profile.port,
    database: profile.database,
    user: profile.user,
    // A function, even for no password: pg would otherwise fill the gap from the environment.
    password: async () => profile.password ?? '',
    ssl: profile.tls,
    application_name: 'plumbline',
    max: 2,
    min: 1,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30 * 1000,
    maxLifetimeSeconds: 30 * 60,
    query_timeout: sessionLimits.queryTimeoutMs,
    statement_timeout: sessionLimits.statementTimeoutMs,
    lock_timeout: sessionLimits.lockTimeoutMs,
    idle_in_transaction_session_timeout: sessionLimits.idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    options: `-c default_transaction_read_only=on -c TimeZone=UTC -c DateStyle=ISO -c jit=off -c max_parallel_workers_per_gather=0 ${serverKeepAlive}`,
  };
}
