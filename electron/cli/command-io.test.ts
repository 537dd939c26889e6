import { expect, it } from 'vitest';
import { exitCodes, orUnexpected, orUsage, UsageError } from './command-io.ts';
import { runCommand } from './test-support/run-command.ts';

const ended = (work: () => Promise<number>) =>
  runCommand((_, io) => orUnexpected(io, () => orUsage('report', io, work)), [], {});

const throwing = (error: unknown) => () => Promise.reject(error);

it.each([
  [new URIError('no postgres://u:secret@h'), '(URIError)'],
  [Object.assign(new Error('secret'), { code: 'EISDIR' }), '(Error EISDIR)'],
  [Object.assign(new Error('secret'), { code: 'secret, or not', name: '' }), 'without a name)'],
  ['secret', '(string)'],
])('says of %s in one sentence that it is a mistake of the program', async (error, kind) => {
  const { code, out, err } = await ended(throwing(error));
  expect({ code, out }).toEqual({ code: 70, out: '' });
  expect(err).toMatch(/^plumbline: a mistake of Plumbline itself [^\n]+\.\n$/);
  expect(err).toContain(kind);
  expect(err).not.toContain('secret');
});

it('leaves what was foreseen as it is', async () => {
  expect((await ended(async () => exitCodes.alertFires)).code).toBe(1);
  const refused = await ended(throwing(new UsageError('not so.')));
  expect(refused).toEqual({ code: 2, out: '', err: 'report: not so.\n' });
});
