import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoAddressFile } from '../demo/demo-address.ts';
import { runCheckCommand } from './check.ts';
import { runReportCommand } from './report.ts';
import { runCommand } from './test-support/run-command.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-find-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

async function leaveAddress(text: string): Promise<void> {
  await mkdir(dirname(demoAddressFile(home)));
  await writeFile(demoAddressFile(home), text);
}

const url = 'postgres://reader:secret@127.0.0.1:1/trading';

/** Both commands have to say it alike, in one sentence. */
async function refusal(env: { DATABASE_URL?: string; PLUMBLINE_HOME: string }): Promise<string> {
  const report = await runCommand(runReportCommand, [], env);
  const check = await runCommand(runCheckCommand, ['--json'], env);
  expect({ code: report.code, out: report.out, check: check.code }).toEqual({
    ...{ code: 2, out: '', check: 2 },
  });
  expect(report.err).toMatch(/^report: [^\n]+\.\n$/);
  expect(check.err.replace('check: ', 'report: ')).toBe(report.err);
  expect(report.err + check.out).not.toContain('secret');
  return report.err;
}

test.each(['', url])(
  'a home that is a file is told, with DATABASE_URL %j',
  async (DATABASE_URL) => {
    const file = join(home, 'file');
    await writeFile(file, '');
    expect(await refusal({ DATABASE_URL, PLUMBLINE_HOME: file })).toContain(
      `${file} is no folder; set PLUMBLINE_HOME`,
    );
    expect(await refusal({ DATABASE_URL, PLUMBLINE_HOME: join(file, 'deeper') })).toContain(
      'cannot be read (ENOTDIR); set PLUMBLINE_HOME',
    );
  },
);

test('an address that cannot be read is told', async () => {
  await mkdir(demoAddressFile(home), { recursive: true });
  expect(await refusal({ PLUMBLINE_HOME: home })).toContain(
    "The demo's address cannot be read (EISDIR); name the ledger with DATABASE_URL",
  );
  await rm(join(home, 'demo'), { recursive: true });
  await writeFile(join(home, 'demo'), '');
  expect(await refusal({ PLUMBLINE_HOME: home })).toContain('cannot be read (ENOTDIR)');
});

test.each(['', 'garbage', `${url}?options=-c`])('%j is no address of a demo', async (text) => {
  await leaveAddress(text);
  expect(await refusal({ PLUMBLINE_HOME: home })).toContain(
    `The demo's address in ${demoAddressFile(home)} is not understood; start Plumbline anew`,
  );
});

test('what a killed demo has left behind is no demo', async () => {
  await leaveAddress(`${url}\n`);
  expect(await refusal({ PLUMBLINE_HOME: home })).toContain(
    'No demo is running: nothing listens where the last one did (Start Plumbline, or set DATABASE_URL: postgresql://',
  );
});

test('a home that is not there yet is no fault', async () => {
  expect(await refusal({ PLUMBLINE_HOME: join(home, 'nowhere') })).toContain(
    `DATABASE_URL is not set and no demo is running under ${join(home, 'nowhere')}; name the ledger with DATABASE_URL`,
  );
});
