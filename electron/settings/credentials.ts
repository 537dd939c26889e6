import { safeStorage } from 'electron';

/**
 * The desktop's keyring, to be asked after the app is ready. On Linux without one Electron would take a key
 * that is the same everywhere, and call that encryption.
 */
export const keyring = {
  isAvailable: (): boolean =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !weak.has(safeStorage.getSelectedStorageBackend())),
  encrypt: (text: string): Buffer => safeStorage.encryptString(text),
  decrypt: (encrypted: Buffer): string => safeStorage.decryptString(encrypted),
};

const weak: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
