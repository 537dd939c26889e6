import { useEffect, useEffectEvent } from 'react';

/** Calls back whenever anything on the page has come to rest after a scroll, while it is wanted. */
export function useScrollEnd(isWanted: boolean, listener: () => void): void {
  const onScrollEnd = useEffectEvent(listener);
  useEffect(() => {
    if (!isWanted) return;
    // The event of a scrolled element does not bubble.
    const listen = (): void => onScrollEnd();
    document.addEventListener('scrollend', listen, { capture: true });
    return () => document.removeEventListener('scrollend', listen, { capture: true });
  }, [isWanted]);
}
