import type { Client } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** The client that the preload script derives from the contract; a browser has none. */
    readonly plumbline: Client;
  }
}

/**
 * Whether something can be done from this page: in the app's own windows. The browser view only shows,
 * so it offers nothing that would be refused.
 */
export const canAct = 'plumbline' in globalThis;

let feedClient: Client | null = null;

/** From now on the page speaks the feed, for there is no preload script. */
export const speakFeed = (client: Client): void => {
  feedClient = client;
};

/** The way to the main process; nothing outside renderer/client knows where it comes from. */
export const plumblineClient = (): Client => feedClient ?? window.plumbline;
