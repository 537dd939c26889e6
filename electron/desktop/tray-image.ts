import { type NativeImage, nativeImage } from 'electron';
import { drawTrayIcon, type TrayLook, traySize } from './tray-icon.ts';

/** The tray's icon for plain and for dense screens. */
export function trayImage(look: TrayLook): NativeImage {
  const image = nativeImage.createFromBitmap(drawTrayIcon(look, 1), {
    width: traySize,
    height: traySize,
    scaleFactor: 1,
  });
  image.addRepresentation({
    width: traySize * 2,
    height: traySize * 2,
    scaleFactor: 2,
    buffer: drawTrayIcon(look, 2),
  });
  return image;
}

/** The icon of windows and notifications, `side` pixels square. */
export const drawIcon = (side: number): NativeImage =>
  nativeImage.createFromBitmap(drawTrayIcon({ mark: 'live', isDemo: false }, side / traySize), {
    width: side,
    height: side,
  });
