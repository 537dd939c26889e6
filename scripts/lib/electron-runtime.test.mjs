import { expect, test } from 'vitest';
import { noRuntime } from './electron-runtime.mjs';

test('without a runtime, both reasons and what to do next are said', () => {
  const sentence = noRuntime('45.4.1', 'no such host', 'npm could not fetch it');
  expect(sentence).toContain('Electron 45.4.1');
  expect(sentence).toContain('could not be fetched: no such host.');
  expect(sentence).toContain('The npm registry gave none either: npm could not fetch it.');
  expect(sentence).toContain('ELECTRON_MIRROR');
  expect(sentence).toContain('ELECTRON_OVERRIDE_DIST_PATH');
});

test('where there is no second source, none is spoken of', () => {
  expect(noRuntime('45.4.1', 'no such host')).not.toContain('npm');
});
