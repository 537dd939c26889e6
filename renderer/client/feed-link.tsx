import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';

/** How a browser view stands with the Plumbline that it watches. */
export type LinkState =
  /** The first try is under way. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | {
      readonly kind: 'lost';
      /** One sentence where Plumbline gave a reason, else empty. */
      readonly reason: string;
      /** `performance.now()` of the next try; null while it is under way. */
      readonly nextTryAt: number | null;
    }
  /** The token is not, or no longer, known. */
  | { readonly kind: 'refused' };

/** The way to Plumbline that a browser view follows. */
export interface FeedLink {
  state(): LinkState;
  /** Calls back on each change; returns its undo. */
  subscribe(listener: () => void): () => void;
  /** Does not wait for the next try. */
  tryNow(): void;
}

const LinkContext = createContext<FeedLink | null>(null);

/** Tells what is below how the page stands with Plumbline; null in the app's own windows. */
export function LinkProvider({ link, children }: { link: FeedLink | null; children: ReactNode }) {
  return <LinkContext value={link}>{children}</LinkContext>;
}

const open: LinkState = { kind: 'open' };
const nothingToForget = (): void => undefined;

/** How the page stands with Plumbline; the app's own windows are part of it, so theirs is open. */
export function useLinkState(): LinkState {
  const link = use(LinkContext);
  return useSyncExternalStore(
    link?.subscribe ?? (() => nothingToForget),
    link?.state ?? (() => open),
  );
}

/** Tries to reach Plumbline now. */
export function useTryLink(): () => void {
  const link = use(LinkContext);
  return () => link?.tryNow();
}
