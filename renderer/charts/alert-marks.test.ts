import { expect, test } from 'vitest';
import { alertMarks, marksNear } from './alert-marks.ts';

const startMs = Date.parse('2026-11-23T00:00:00Z');
const drawing = {
  ms: [startMs, startMs + 1000.5, startMs + 3000],
  equity: [0.5, 0.3, 0.9],
  from: startMs,
  to: startMs + 3000,
};

const fired = (seconds: string, severity: 'info' | 'warning' | 'critical') => ({
  at: `2026-11-23T00:00:${seconds}Z`,
  ...{ severity, title: severity },
});

test('a mark stands on the step that its close made', () => {
  const [mark] = alertMarks(drawing, [fired('01.000500', 'warning')]);
  expect(mark).toMatchObject({ ms: startMs + 1000, at: 0.3 });
  expect(alertMarks(drawing, [fired('02.000000', 'warning')])[0]?.at).toBe(0.3);
});

test('what is not drawn has no mark', () => {
  const before = { ...fired('00.000000', 'info'), at: '2026-11-22T23:59:59.000000Z' };
  expect(alertMarks(drawing, [before, fired('04.000000', 'info')])).toEqual([]);
});

test('the worst is drawn last and told first', () => {
  const at = '02.000000';
  const marks = alertMarks(drawing, [
    fired(at, 'critical'),
    fired(at, 'info'),
    fired(at, 'warning'),
  ]);
  expect(marks.map(({ severity }) => severity)).toEqual(['info', 'warning', 'critical']);
  expect(marksNear(marks, startMs + 2005, drawing).map(({ title }) => title)).toEqual([
    ...['critical', 'warning', 'info'],
  ]);
  expect(marksNear(marks, startMs + 2500, drawing)).toEqual([]);
});
