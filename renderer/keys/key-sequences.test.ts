import { expect, test } from 'vitest';
import { type KeyPress, KeySequences } from './key-sequences.ts';

function keyboard() {
  let nowMs = 0;
  const sequences = new KeySequences(['?', 'Mod+K', 't d', 't a', 'a'], () => nowMs);
  return {
    wait: (ms: number) => {
      nowMs += ms;
    },
    press: (key: string, change: Partial<KeyPress> = {}) =>
      sequences.press({
        key,
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        shiftKey: false,
        repeat: false,
        lettersTaken: false,
        ...change,
      }),
  };
}

test('a sequence is complete with its last key', () => {
  const { press } = keyboard();
  expect(press('t')).toBeNull();
  expect(press('d')).toBe('t d');
  expect(press('d')).toBeNull();
});

test('a sequence wins over its last key alone', () => {
  const { press } = keyboard();
  expect(press('a')).toBe('a');
  press('t');
  expect(press('a')).toBe('t a');
});

test('a sequence that is not continued in time is forgotten', () => {
  const { press, wait } = keyboard();
  press('t');
  wait(1500);
  expect(press('d')).toBe('t d');
  press('t');
  wait(1501);
  expect(press('d')).toBeNull();
});

test('a key that does not continue a sequence ends it and counts for itself', () => {
  const { press } = keyboard();
  press('t');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('d')).toBeNull();
  press('t');
  press('x');
  expect(press('d')).toBeNull();
  press('t');
  press('t');
  expect(press('d')).toBe('t d');
});

test('the press of Shift itself ends nothing', () => {
  const { press } = keyboard();
  press('t');
  press('Shift', { shiftKey: true });
  expect(press('d')).toBe('t d');
});

test('letters belong to a field or a dialog; keys with Ctrl or Cmd do not', () => {
  const { press } = keyboard();
  expect(press('?', { lettersTaken: true })).toBeNull();
  press('t');
  expect(press('d', { lettersTaken: true })).toBeNull();
  expect(press('k', { lettersTaken: true, ctrlKey: true })).toBe('Mod+K');
  expect(press('k', { metaKey: true })).toBe('Mod+K');
});

test('no letter acts with a modifier, and none again while it is held down', () => {
  const { press } = keyboard();
  for (const change of [
    { altKey: true },
    { ctrlKey: true },
    { metaKey: true },
    { shiftKey: true },
    { repeat: true },
  ]) {
    press('t', change);
    expect(press('d')).toBeNull();
    expect(press('a', change)).toBeNull();
  }
  expect(press('k', { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(press('k', { ctrlKey: true, metaKey: true })).toBeNull();
});

test('Caps Lock changes nothing', () => {
  const { press } = keyboard();
  press('T');
  expect(press('D')).toBe('t d');
});

test('named keys are no letters', () => {
  expect(keyboard().press('Enter')).toBeNull();
});
