import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type Cluster, host, superuser } from './cluster.ts';
import {
  lastComplaint,
  type Postmaster,
  type PostmasterPlan,
  spawnPostmaster,
} from './postmaster.ts';

const readyDeadlineMs = 10_000;
const portAttempts = 5;

/** A server that answers, and what it was started with. */
export interface Started {
  readonly plan: PostmasterPlan;
  readonly server: Postmaster;
}

/** Starts the server on a port that nobody uses. */
export async function startOnFreePort(cluster: Cluster): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const plan = { ...cluster, port: await pickFreePort() };
    try {
      return { plan, server: await startOnPort(cluster.superuserPassword, plan) };
    } catch (error) {
      // Between our look and the server's start another program may have taken the port.
      if (!(error instanceof PortTakenError) || attempt === portAttempts) throw error;
    }
  }
}

class PortTakenError extends Error {}

/** Starts the server on the port of the plan and waits until it answers. */
export async function startOnPort(password: string, plan: PostmasterPlan): Promise<Postmaster> {
  const server = await spawnPostmaster(plan);
  try {
    await waitUntilReady(password, plan, server);
    return server;
  } catch (error) {
    await server.stop('immediate');
    throw error;
  }
}

/** Ready is when a connection of our own is let in; no line of a log says as much. */
async function waitUntilReady(
  password: string,
  { port, logFile }: PostmasterPlan,
  server: Postmaster,
): Promise<void> {
  const deadline = performance.now() + readyDeadlineMs;
  while (!server.exited()) {
    const problem = await tryConnection(port, password);
    if (problem === null) return;
    if (performance.now() > deadline) {
      throw new Error(
        `PostgreSQL did not answer within ${readyDeadlineMs / 1000} s (${problem}); its log is ${logFile}.`,
      );
    }
    await delay(15);
  }
  const complaint = await lastComplaint(logFile);
  const message = `PostgreSQL did not start (${complaint}); its log is ${logFile}.`;
  throw /TCP\/IP|could not bind/.test(complaint) ? new PortTakenError(message) : new Error(message);
}

/** Null when a session could be opened, or else what stood in the way. */
async function tryConnection(port: number, password: string): Promise<string | null> {
  const client = superuserClient(port, password, 'template1');
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

/** A client of the superuser, not yet connected. */
export function superuserClient(port: number, password: string, database: string): Client {
  const client = new Client({
    host,
    port,
    user: superuser,
    password,
    database,
    application_name: 'trading-setup',
    connectionTimeoutMillis: 2_000,
  });
  // A query in progress reports the loss itself; without a listener an idle loss ends the process.
  client.on('error', () => undefined);
  return client;
}

async function pickFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, host, resolve);
  });
  const address = probe.address();
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
