import { expect, test } from 'vitest';
import { addressOf, ConnectionUrlError, parseConnectionUrl } from './connection-profile.ts';

test('each field is taken from the address', () => {
  const profile = parseConnectionUrl('postgresql://re%40der:s%3Acret@db.example:6432/trading');
  expect(profile).toEqual({
    ...{ host: 'db.example', port: 6432, database: 'trading', user: 're@der', password: 's:cret' },
    tls: { rejectUnauthorized: true },
  });
  expect(addressOf(profile)).toBe('db.example:6432');
});

test.each([
  ['postgres://u@localhost/d', false],
  ['postgres://u@127.0.0.2/d', false],
  ['postgres://u@[::1]:5433/d', false],
  ['postgres://u@/d?host=/var/run/postgresql', false],
  ['postgres://u@db.example/d?sslmode=disable', false],
  ['postgres://u@localhost/d?sslmode=require', { rejectUnauthorized: true }],
  ['postgres://u@db.example/d?sslmode=prefer', { rejectUnauthorized: true }],
  ['postgres://u@db.example/d?sslmode=no-verify', { rejectUnauthorized: false }],
])('%s: verified unless it is local or says otherwise by name', (url, tls) => {
  expect(parseConnectionUrl(url).tls).toEqual(tls);
});

test.each([
  ['not an address', 'not a PostgreSQL address'],
  ['https://u:hunter2@db.example/d', 'not a PostgreSQL address'],
  ['postgres://u:hunter2@db.example/d?options=-c%20default_transaction_read_only%3Doff', 'options'],
  ['postgres://u:hunter2@db.example/d?sslmode=hunter2', 'unknown sslmode'],
  ['postgres://u:hunter2%zz@db.example/d', 'starts no escape'],
  ['postgres://u:p@hunter2/w#rd@127.0.0.1/d', 'write @ as %40'],
  ['postgres://u:p/hunter2@127.0.0.1/d', 'not a PostgreSQL address'],
  ['postgres://u:p?hunter2@127.0.0.1/d', 'not a PostgreSQL address'],
  ['postgres://u:hunter2@db.example/d?sslmode=verify-full&sslrootcert=/no/such', 'cannot be read'],
])('%s is refused in a sentence without the secret', (url, says) => {
  const parse = () => parseConnectionUrl(url);
  expect(parse).toThrow(ConnectionUrlError);
  expect(parse).toThrow(says);
  expect(parse).not.toThrow(/hunter2/);
});
