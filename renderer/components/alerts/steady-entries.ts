import { useState } from 'react';
import type { InboxEntry } from './inbox-entries.ts';

type Places = readonly Pick<InboxEntry, 'episode' | 'isOpen'>[];

/**
 * Entries in the places that they had: nothing goes away under the pointer because it was acknowledged or
 * has ended. What is new comes after what it follows, at the top where it follows nothing.
 */
export function inPlace(entries: readonly InboxEntry[], held: Places): InboxEntry[] {
  const byId = new Map(entries.map((entry) => [entry.episode.id, entry]));
  const placed = held.flatMap(({ episode: { id }, isOpen }) => {
    const entry = byId.get(id);
    return entry === undefined ? [] : [{ ...entry, isOpen }];
  });
  const known = new Set(placed.map(({ episode }) => episode.id));
  let [open, done] = [placed.filter((one) => one.isOpen), placed.filter((one) => !one.isOpen)];
  const last: { open: string | null; done: string | null } = { open: null, done: null };
  for (const entry of entries) {
    const { id } = entry.episode;
    const isNew = !known.has(id);
    if (isNew && entry.isOpen) open = after(open, last.open, entry);
    if (isNew && !entry.isOpen) done = after(done, last.done, entry);
    if (entry.isOpen) last.open = id;
    else last.done = id;
  }
  return [...open, ...done];
}

function after(list: readonly InboxEntry[], id: string | null, entry: InboxEntry): InboxEntry[] {
  const index = list.findIndex(({ episode }) => episode.id === id) + 1;
  return [...list.slice(0, index), entry, ...list.slice(index)];
}

/** Keeps entries in their places for as long as the key stays the same. */
export function useSteadyEntries(entries: readonly InboxEntry[], key: string): InboxEntry[] {
  const [held, setHeld] = useState<{ readonly key: string; readonly places: Places }>({
    key,
    places: entries,
  });
  const steady = held.key === key ? inPlace(entries, held.places) : [...entries];
  // Drawn again at once, and then it is the same.
  if (held.key !== key || namesOf(held.places) !== namesOf(steady))
    setHeld({ key, places: steady });
  return steady;
}

const namesOf = (places: Places): string =>
  places.map(({ episode, isOpen }) => `${episode.id} ${isOpen}`).join('\n');
