import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { settingsSchema } from '../../shared/settings.ts';
import { feedNote } from './feed-words.ts';

test('a feed that is off says what switches it on, as the settings want it', () => {
  const note = feedNote({ kind: 'off' });
  expect(note).toMatch(/^Off\. /);
  const [, written = ''] = /("feed": \{.*?\}) in settings\.json/.exec(note) ?? [];
  const feed = z.strictObject({ feed: z.strictObject(z.partial(settingsSchema.shape.feed).shape) });
  expect(feed.parse(JSON.parse(`{${written}}`))).toEqual({ feed: { enabled: true } });
});

test('one that failed says why, in the words of the failure', () => {
  const message = 'Port 8630 on 127.0.0.1 is in use; set feed.port to another.';
  expect(feedNote({ kind: 'failed', message })).toBe(`Not on. ${message}`);
});

test('one that is about to be on says so', () => {
  expect(feedNote({ kind: 'starting' })).toBe('Starting.');
});
