import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestLedger } from '../../../e2e/support/test-ledger.ts';
import { selfSigned } from './self-signed.ts';

/** Switches TLS on at the server, with a certificate that nobody trusts. */
export async function speakTls(admin: TestLedger['admin']): Promise<void> {
  const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
  const folder = rows[0]?.data_directory ?? '';
  await leave(folder, 'server.crt', selfSigned.certificate);
  await leave(folder, 'server.key', selfSigned.key);
  await admin.query('alter system set ssl = on');
  await admin.query('select pg_reload_conf()');
}

/** The server demands a key that it owns alone, and it runs as somebody else where tests run as root. */
async function leave(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  const { uid, gid } = await stat(folder);
  await chown(path, uid, gid);
}
