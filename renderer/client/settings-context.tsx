import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from 'react';
import { appearanceOf, type SettingsStore, type SettingsView } from './settings-store.ts';

const SettingsContext = createContext<SettingsView>({ kind: 'asking' });

/** Follows the settings for as long as it is mounted, and dresses the page as they say. */
export function SettingsProvider({
  store,
  children,
}: {
  store: SettingsStore;
  children: ReactNode;
}) {
  const view = useSyncExternalStore(store.subscribe, store.view);
  const { theme, palette, privacy } = appearanceOf(view);
  useEffect(() => store.start(), [store]);
  useEffect(() => {
    Object.assign(document.documentElement.dataset, {
      theme,
      palette,
      privacy: privacy ? 'on' : 'off',
    });
  }, [theme, palette, privacy]);
  return <SettingsContext value={view}>{children}</SettingsContext>;
}

/** The settings in effect, as far as they are known. */
export const useSettingsView = (): SettingsView => use(SettingsContext);

/** Whether amounts of money are hidden. */
export const usePrivacy = (): boolean => appearanceOf(useSettingsView()).privacy;
