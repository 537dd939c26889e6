import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { runCheckCommand } from './check.ts';
import { runReportCommand } from './report.ts';
import { runCommand } from './test-support/run-command.ts';
import { selfSigned } from './test-support/self-signed.ts';
import { speakTls } from './test-support/speak-tls.ts';

let own: TestLedger;
let home: string;
let authority: string;

beforeAll(async () => {
  own = await startTestLedger();
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-tls-'));
  authority = join(home, 'authority.pem');
  await writeFile(authority, selfSigned.certificate);
  await speakTls(own.admin);
  // A reload takes effect a moment later.
  await vi.waitFor(async () => expect((await check('sslmode=no-verify')).code).toBe(0), 5000);
});

afterAll(async () => {
  await own.close();
  await rm(home, { recursive: true, force: true });
});

const envOf = (parameters: string, host = '127.0.0.1') => ({
  DATABASE_URL: `${own.server.readerUrl.replace('127.0.0.1', host)}?${parameters}`,
  PLUMBLINE_HOME: home,
});

const check = (parameters: string, host?: string) =>
  runCommand(runCheckCommand, [], envOf(parameters, host));

test('a certificate that nobody vouches for is refused before anybody signs in', async () => {
  const { code, out, err } = await check('sslmode=verify-full');
  expect(code).toBe(3);
  expect(out.trimEnd().split('\n').slice(0, 3).join('\n')).toMatch(
    /^✓ Address[^\n]*\n✓ Name[^\n]*\n✓ TCP[^\n]*$/,
  );
  expect(out).toMatch(/\n✗ TLS {9}No verified TLS connection [^\n]+\n[^\n]+certificate[^\n]+\n$/);
  expect(err).toMatch(/^check: [^\n]*certificate[^\n]*\.\n$/);
  const report = await runCommand(runReportCommand, [], envOf('sslmode=verify-full'));
  expect({ code: report.code, out: report.out }).toEqual({ code: 3, out: '' });
});

test('it holds once its authority is named, and then figures come over TLS', async () => {
  const { code, out, err } = await check(
    `sslrootcert=${encodeURIComponent(authority)}&sslmode=require`,
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\n✓ TLS {9}TLSv1\.[23], the certificate is verified\. \(/);
  expect(out).toMatch(/\n✓ Relations /);
});

test('with another name than the certificate is for it does not hold', async () => {
  const parameters = `sslrootcert=${encodeURIComponent(authority)}&sslmode=verify-full`;
  const { code, out } = await check(parameters, 'localhost');
  expect(code).toBe(3);
  expect(out).toMatch(/\n✗ TLS /);
});

test('where verification is switched off by name it is a warning', async () => {
  const { code, out, err } = await check('sslmode=no-verify');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\n⚠ TLS {9}TLSv1\.[23], but the certificate is not verified\. \(/);
  expect(out).toMatch(/\n✓ Sign-in /);
});
