/** Short texts that outlive a reload of the page. */
export interface PageStorage {
  get(key: string): string | null;
  set(key: string, text: string): void;
  remove(key: string): void;
}

/** One of the browser's storages, or memory alone in a browser that gives this page none. */
export function pageStorage(area: 'localStorage' | 'sessionStorage'): PageStorage {
  try {
    const storage = window[area];
    return {
      get: (key) => storage.getItem(key),
      set: (key, text) => storage.setItem(key, text),
      remove: (key) => storage.removeItem(key),
    };
  } catch {
    // Even looking at it throws where the person has forbidden it; the page works without.
    return memoryStorage();
  }
}

/** Forgotten with the page. */
export function memoryStorage(): PageStorage {
  const texts = new Map<string, string>();
  return {
    get: (key) => texts.get(key) ?? null,
    set: (key, text) => void texts.set(key, text),
    remove: (key) => void texts.delete(key),
  };
}
