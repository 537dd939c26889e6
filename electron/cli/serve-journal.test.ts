import { expect, it } from 'vitest';
import { someAlert } from '../../shared/alerts/test-fixtures.ts';
import type { MonitorState, MonitorStatus } from '../../shared/monitor-state.ts';
import { lineOf, openJournal } from './serve-journal.ts';

function journal(hidesAmounts = false) {
  const lines: string[] = [];
  return {
    lines,
    ...openJournal(
      (line) => lines.push(line),
      () => hidesAmounts,
    ),
  };
}

const stateOf = (status: MonitorStatus): MonitorState => ({
  ...{ status, sequence: 1, asOf: null, ageMs: null, intervalMs: 1000, wishedIntervalMs: 1000 },
  ...{ askedInMs: null, connections: 1, connectionBudget: 3, clockSkewMs: null, loaded: null },
  profile: { name: 'trading', label: 'LEDGER', host: 'h:5432' },
});

const failing = (cause: string): MonitorState =>
  stateOf({
    ...{ kind: 'failing', nextTryInMs: 0, attempts: 1 },
    failure: { code: 'refused', cause, remedy: 'Start it.', retry: 'backoff' },
  });

it('tells of an outage once, and of its end', () => {
  const { lines, monitor } = journal();
  // What keeps it from beginning is told by who starts it.
  monitor(failing('Nothing listens.'));
  monitor(stateOf({ kind: 'watching' }));
  monitor(failing('Nothing listens.'));
  monitor(failing('Nothing listens.'));
  monitor(failing('The server is starting.'));
  monitor(stateOf({ kind: 'watching' }));
  monitor(stateOf({ kind: 'watching' }));
  expect(lines).toEqual([
    'Not watching. Nothing listens. Start it.',
    'Not watching. The server is starting. Start it.',
    'Watching again.',
  ]);
});

it('tells of each alert once, and of its end', () => {
  const { lines, alerts } = journal();
  const loss = someAlert();
  const event = someAlert({ id: 'e', kind: 'single-loss' }, { state: 'event' });
  for (const current of [[loss], [loss, event], [loss], []]) alerts({ current });
  expect(lines).toEqual([
    'Alert, warning: Day P&L −$62.10, line −$50.00',
    expect.stringMatching(/^Alert, warning: .*loss/i),
    'Ended: Day P&L −$62.10, line −$50.00',
  ]);
});

it('leaves amounts out where they are hidden', () => {
  const { lines, alerts } = journal(true);
  alerts({ current: [someAlert()] });
  expect(lines.join()).not.toMatch(/\d/);
});

it.each([
  [undefined, 'x is bad (EISDIR). Mend it.', 'x is bad (EISDIR). Mend it.'],
  [new Error('it is no file'), 'x is bad (it is no file). Mend it.', null],
  [Object.assign(new Error('EISDIR: read'), { code: 'EISDIR' }), 'x is bad (EISDIR).', null],
  [
    new Error('There is no room.\nat once'),
    'x was not kept.',
    'x was not kept (There is no room).',
  ],
  [new TypeError(), 'x failed.', 'x failed (TypeError).'],
  [new Error('no postgres://u:p/w@h/d'), 'x failed.', 'x failed (no postgres://…@h/d).'],
])('logs %s of "%s" as one line without a stack', (error, sentence, line) => {
  expect(lineOf(sentence, error)).toBe(line ?? sentence);
});
