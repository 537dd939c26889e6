import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { addressOf, type ConnectionProfile } from '../ledger/connection-profile.ts';

/** What a step found out; a step that fails throws what the network threw. */
export interface Found {
  readonly state: 'ok' | 'warning';
  readonly sentence: string;
  readonly remedy?: string;
}

const answerTimeoutMs = 3000;

/** Does the host's name lead to an address? */
export async function lookUpName({ host }: ConnectionProfile): Promise<Found> {
  if (host.startsWith('/')) return ok(`${host} is a folder on this machine; nothing to look up.`);
  if (isIP(host) !== 0) return ok(`${host} is an address; nothing to look up.`);
  const addresses = await lookup(host, { all: true });
  return ok(`${host} is ${addresses.map(({ address }) => address).join(', ')}.`);
}

/** Does anything accept connections there? */
export async function reachServer(profile: ConnectionProfile): Promise<Found> {
  const socket = await openSocket(profile);
  socket.destroy();
  return ok(`Something accepts connections at ${addressOf(profile)}.`);
}

/** Does the server speak TLS, with a certificate that holds? Signs in to nothing. */
export async function secureConnection(profile: ConnectionProfile): Promise<Found> {
  const { tls, host } = profile;
  if (tls === false) return withoutTls(profile);
  const socket = await openSocket(profile);
  try {
    await askForTls(socket);
    const secure = await handshake(socket, {
      // The name that the certificate is held against, as the driver does it; an address is no SNI.
      ...{ host, ...tls },
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const protocol = secure.getProtocol() ?? 'TLS';
    if (tls.rejectUnauthorized !== false) return ok(`${protocol}, the certificate is verified.`);
    return {
      state: 'warning',
      sentence: `${protocol}, but the certificate is not verified.`,
      remedy: 'Leave sslmode=no-verify out, and name the authority with sslrootcert.',
    };
  } finally {
    socket.destroy();
  }
}

const ok = (sentence: string): Found => ({ state: 'ok', sentence });

function withoutTls({ host }: ConnectionProfile): Found {
  if (host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\./.test(host)) {
    return ok('Not asked for: the connection stays on this machine.');
  }
  return {
    state: 'warning',
    sentence: 'Switched off: password and figures cross the network readable.',
    remedy: 'Leave sslmode=disable out where the server speaks TLS.',
  };
}

function openSocket({ host, port }: ConnectionProfile): Promise<Socket> {
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  return settled(socket, (done) => socket.once('connect', () => done(socket)));
}

const tlsRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** PostgreSQL's SSLRequest: the server answers with one letter, before any sign-in. */
async function askForTls(socket: Socket): Promise<void> {
  socket.write(tlsRequest);
  const letter = await settled<string>(socket, (done) =>
    socket.once('data', (data) => done(data.toString('latin1', 0, 1))),
  );
  // The words that the driver uses, so that both are classified alike.
  if (letter !== 'S') throw new Error('The server does not support SSL connections');
}

function handshake(socket: Socket, options: ConnectionOptions): Promise<TLSSocket> {
  const secure = connectTls({ ...options, socket });
  return settled(secure, (done) => secure.once('secureConnect', () => done(secure)));
}

/** Resolves as `listen` says, or rejects with the socket's error, its end, or its silence. */
function settled<T>(socket: Socket, listen: (done: (value: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const cut = (): void => fail(coded('The connection was closed', 'ECONNRESET'));
    socket.once('error', fail);
    socket.once('close', cut);
    socket.setTimeout(answerTimeoutMs, () => fail(coded('No answer', 'ETIMEDOUT')));
    listen((value) => {
      socket.off('error', fail);
      socket.off('close', cut);
      socket.setTimeout(0);
      // A late error of a socket that has served is of no interest, but must not go unheard.
      socket.on('error', () => undefined);
      resolve(value);
    });
  });
}

const coded = (message: string, code: string): Error => Object.assign(new Error(message), { code });
