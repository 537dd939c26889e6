/** The parts of a keyboard event that decide. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  /** A field that text goes into has the focus, or a dialog is open: letters belong to it. */
  readonly lettersTaken: boolean;
}

const sequenceTimeoutMs = 1500;

/** Turns key presses into the names that the table of commands uses: `?`, `Mod+K`, `t d`. */
export class KeySequences {
  readonly #known: ReadonlySet<string>;
  readonly #firsts: ReadonlySet<string>;
  readonly #now: () => number;
  #pending: { readonly key: string; readonly untilMs: number } | null = null;

  constructor(known: readonly string[], now: () => number) {
    this.#known = new Set(known);
    this.#firsts = new Set(
      known.filter((keys) => keys.includes(' ')).map((keys) => keys.slice(0, 1)),
    );
    this.#now = now;
  }

  /** The keys that this press completes, null when it completes none. */
  press(press: KeyPress): string | null {
    if (isModifier(press.key)) return null;
    const begun = this.#takePending();
    const name = nameOf(press);
    if (name === null || press.repeat) return null;
    const sequence = begun === null ? name : `${begun} ${name}`;
    const complete = [sequence, name].find((keys) => this.#known.has(keys));
    if (complete !== undefined) return complete;
    if (this.#firsts.has(name)) {
      this.#pending = { key: name, untilMs: this.#now() + sequenceTimeoutMs };
    }
    return null;
  }

  #takePending(): string | null {
    const pending = this.#pending;
    this.#pending = null;
    return pending !== null && this.#now() <= pending.untilMs ? pending.key : null;
  }
}

// The shift of a "?" is a press of its own, and no reason to forget the key before it.
const isModifier = (key: string): boolean =>
  ['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock'].includes(key);

function nameOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
  lettersTaken,
}: KeyPress): string | null {
  if (altKey || key.length !== 1) return null;
  if (ctrlKey !== metaKey) return shiftKey ? null : `Mod+${key.toUpperCase()}`;
  if (ctrlKey || lettersTaken) return null;
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  if (isLetter && shiftKey) return null;
  // Caps Lock changes no meaning.
  return key.toLowerCase();
}
