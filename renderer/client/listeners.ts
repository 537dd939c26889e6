type Listener = (value: unknown) => void;

/** Who wants to hear what is pushed, by channel. */
export class Listeners {
  readonly #byChannel = new Map<string, Set<Listener>>();

  /** The subscription of a channel, as the client offers it: takes a listener, returns its undo. */
  subscription(channel: string): (listener?: unknown) => () => void {
    return (listener) => {
      if (typeof listener !== 'function') throw new TypeError('A listener is a function.');
      const listeners = this.#byChannel.get(channel) ?? new Set();
      this.#byChannel.set(channel, listeners);
      const tell: Listener = (value) => void listener(value);
      listeners.add(tell);
      return () => void listeners.delete(tell);
    };
  }

  /** Tells all who listen there. */
  tell(channel: string, value: unknown): void {
    for (const listener of this.#byChannel.get(channel) ?? []) listener(value);
  }
}
