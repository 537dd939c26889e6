import { expect, test } from 'vitest';
import { defaultSettings, type SettingsState } from '../../shared/settings.ts';
import { lookOfAddress, PageLook } from './feed-look.ts';

const settings: SettingsState = { settings: defaultSettings, warnings: [], path: 'settings.json' };

function storage() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, text: string) => void kept.set(key, text),
    remove: (key: string) => void kept.delete(key),
  };
}

const lookOf = (look: PageLook) => look.over(settings).settings.appearance;

test('what the address asks for goes first on its page alone, until another choice is made', () => {
  const kept = storage();
  const page = new PageLook(kept, lookOfAddress('?theme=light'));
  expect(lookOf(page).theme).toBe('light');
  page.change({ privacy: true }, settings);
  expect(lookOf(page)).toMatchObject({ theme: 'light', privacy: true });
  // Other tabs keep the choice that was made, and no theme that nobody chose.
  expect(lookOf(new PageLook(kept, {}))).toEqual({
    ...defaultSettings.appearance,
    privacy: true,
  });
  page.change({ theme: 'dark' }, settings);
  expect(lookOf(page).theme).toBe('dark');
  expect(lookOf(new PageLook(kept, {})).theme).toBe('dark');
});

test('a wall is dark unless it says otherwise', () => {
  expect(lookOf(new PageLook(storage(), lookOfAddress('?wall'))).theme).toBe('dark');
  expect(lookOf(new PageLook(storage(), lookOfAddress('?wall&theme=light'))).theme).toBe('light');
  expect(lookOf(new PageLook(storage(), lookOfAddress('?theme=pink'))).theme).toBe(
    defaultSettings.appearance.theme,
  );
});
