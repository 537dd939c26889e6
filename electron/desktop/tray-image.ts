import { type NativeImage, nativeImage, nativeTheme } from 'electron';
import { drawTrayIcon, type TrayGround, type TrayLook, traySize } from './tray-icon.ts';

/** What the tray's icon has to be made for on this desktop, now. */
export function trayGround(): TrayGround {
  if (process.platform === 'darwin') return 'template';
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}

/** The tray's icon for plain and for dense screens. */
export function trayImage(look: TrayLook, ground: TrayGround): NativeImage {
  const image = nativeImage.createFromBitmap(drawTrayIcon(look, ground, 1), {
    width: traySize,
    height: traySize,
    scaleFactor: 1,
  });
  image.addRepresentation({
    width: traySize * 2,
    height: traySize * 2,
    scaleFactor: 2,
    buffer: drawTrayIcon(look, ground, 2),
  });
  if (ground === 'template') image.setTemplateImage(true);
  return image;
}

const appLook: TrayLook = { mark: 'live', isDemo: false };

/** The icon of windows and notifications, `side` pixels square. */
export const drawIcon = (side: number): NativeImage =>
  nativeImage.createFromBitmap(drawTrayIcon(appLook, 'dark', side / traySize), {
    width: side,
    height: side,
  });
