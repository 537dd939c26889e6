import {
  type BrowserWindow,
  type BrowserWindowConstructorOptions,
  nativeTheme,
  screen,
} from 'electron';
import type { Rectangle } from './window-place.ts';

const backgrounds = { dark: '#111418', light: '#fbfbf9' } as const;

const background = (): string =>
  nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light;

/** What every window of Plumbline has in common: out of sight at first, and sandboxed. */
export const basicOptions = (preload: string): BrowserWindowConstructorOptions => ({
  show: false,
  title: 'Plumbline',
  backgroundColor: background(),
  autoHideMenuBar: true,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
  },
});

/** What shows through while the page draws must not flash in the other theme's colour. */
export function followTheme(window: BrowserWindow): void {
  const follow = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
}

/** Where windows can stand on each screen, the first screen first. */
export function workAreas(): [Rectangle, ...Rectangle[]] {
  const first = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
  return [first.workArea, ...others.map(({ workArea }) => workArea)];
}
