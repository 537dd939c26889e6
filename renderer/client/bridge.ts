import type { Client } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** The client that the preload script derives from the contract. */
    readonly plumbline: Client;
  }
}

/** The way to the main process; nothing outside renderer/client knows where it comes from. */
export const plumblineClient = (): Client => window.plumbline;
