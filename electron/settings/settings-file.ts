import { join } from 'node:path';
import { type Appearance, defaultSettings, type SettingsState } from '../../shared/settings.ts';
import { followFile } from './follow-file.ts';
import { lookAtSettings } from './look-at-settings.ts';
import { parseSettings } from './parse-settings.ts';
import { fallbackFor, StoredSettings } from './stored-settings.ts';
import { sweepLeftovers } from './whole-file.ts';

/** Some of what {@link Appearance} holds. */
export type AppearanceChanges = { readonly [K in keyof Appearance]?: Appearance[K] | undefined };

/** The settings, followed live. */
export interface SettingsFile {
  state(): SettingsState;
  /** In effect at once; resolves when it is on the disk, or when the state says why it is not. */
  setAppearance(changes: AppearanceChanges): Promise<SettingsState>;
  /** Writes the settings in effect when there is no file yet, for a person to edit. */
  writeIfAbsent(): Promise<void>;
  /** Called after each change; returns its undo. */
  onChange(listener: (state: SettingsState) => void): () => void;
  /** Resolves when the last change is on the disk. */
  close(): Promise<void>;
}

type Log = (sentence: string, error?: unknown) => void;

const settingsPath = (home: string): string => join(home, 'settings.json');

/** Reads the settings once and changes nothing on the disk: for commands. */
export async function readSettings(home: string): Promise<SettingsState> {
  const path = settingsPath(home);
  const look = await lookAtSettings(path, false);
  switch (look.kind) {
    case 'good':
      return { ...copyOf(parseSettings(look.document)), path };
    case 'absent':
      return { settings: defaultSettings, warnings: [], path };
    case 'corrupt':
    case 'unreadable': {
      const { settings, sentence, warnings } = await fallbackFor(path);
      const cause = look.kind === 'corrupt' ? 'could not be understood' : 'cannot be read';
      const all = [`settings.json ${cause} (${look.why}). ${sentence}`, ...warnings];
      return { settings, warnings: all, path };
    }
  }
}

/** Opens the settings of a home and follows the file; each warning is logged once. */
export async function openSettings(home: string, log: Log): Promise<SettingsFile> {
  const path = settingsPath(home);
  await sweepLeftovers(path).catch((error: unknown) =>
    log('What an earlier run left beside settings.json could not be cleared away.', error),
  );
  const live = new LiveSettings(path, log);
  await live.reload();
  return live;
}

const copyOf = ({ settings, warnings }: ReturnType<typeof parseSettings>) => ({
  settings,
  warnings: [...warnings],
});

class LiveSettings implements SettingsFile {
  readonly #path: string;
  readonly #log: Log;
  readonly #stored: StoredSettings;
  readonly #listeners = new Set<(state: SettingsState) => void>();
  readonly #logged = new Set<string>();
  readonly #unfollow: () => void;
  /** Changes that are not on the disk, or not yet. */
  #unwritten: Partial<Appearance> = {};
  #whyUnwritten: string | null = null;
  #changing = 0;
  #current: SettingsState;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#stored = new StoredSettings(path);
    this.#current = this.#fresh();
    const onTouched = (): void => {
      this.reload().catch((error: unknown) => log('settings.json could not be read anew.', error));
    };
    this.#unfollow = followFile(path, { onTouched, log });
  }

  // Functions, for the handler table takes them off the object. Nobody sees a state before those who
  // follow it were told: figures by other settings than these would look like theirs.
  readonly state = (): SettingsState => this.#current;

  #fresh(): SettingsState {
    const { settings, warnings } = this.#stored;
    const appearance = { ...settings.appearance, ...this.#unwritten };
    const own = this.#whyUnwritten === null ? [] : [this.#whyUnwritten];
    return {
      settings: { ...settings, appearance },
      warnings: [...own, ...warnings],
      path: this.#path,
    };
  }

  readonly setAppearance = (changes: AppearanceChanges): Promise<SettingsState> => {
    // Hiding amounts cannot wait for a disk.
    this.#unwritten = { ...this.#unwritten, ...defined(changes) };
    this.#changing += 1;
    this.#tell();
    return this.#inTurn(async () => {
      try {
        await this.#stored.load();
        await this.#writeAppearance();
      } finally {
        this.#changing -= 1;
      }
      this.#tell();
      return this.state();
    });
  };

  writeIfAbsent(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stored.load();
      this.#whyUnwritten = (await this.#stored.writeIfAbsent()) ?? this.#whyUnwritten;
      this.#tell();
    });
  }

  onChange(listener: (state: SettingsState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#unfollow();
    await this.#queue;
    this.#listeners.clear();
  }

  /** Reads the file once more. */
  reload(): Promise<void> {
    return this.#inTurn(async () => {
      const isOther = await this.#stored.load();
      if (isOther && this.#changing === 0) this.#keepUnwritten();
      this.#tell();
    });
  }

  /** One after the other: a change must not be written over an edit that was not read yet. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    // A failure goes to the one who asked; the next has its turn all the same.
    this.#queue = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** What could not be written stands, or an edit of a bankroll would show amounts that were hidden. */
  #keepUnwritten(): void {
    this.#unwritten = without(this.#unwritten, this.#stored.settings.appearance);
    if (Object.keys(this.#unwritten).length === 0) this.#whyUnwritten = null;
  }

  async #writeAppearance(): Promise<void> {
    const written = this.#unwritten;
    if (Object.keys(written).length === 0) return;
    this.#whyUnwritten = await this.#stored.writeAppearance(written);
    if (this.#whyUnwritten !== null) return;
    // What was changed meanwhile is written in the next turn.
    this.#unwritten = without(this.#unwritten, written);
  }

  #tell(): void {
    const state = this.#fresh();
    if (JSON.stringify(state) === JSON.stringify(this.#current)) return;
    this.#current = state;
    for (const warning of state.warnings) {
      if (!this.#logged.has(warning)) this.#log(warning);
      this.#logged.add(warning);
    }
    for (const listener of this.#listeners) {
      try {
        listener(state);
      } catch (error) {
        this.#log('A listener of the settings failed.', error);
      }
    }
  }
}

function defined(changes: AppearanceChanges): Partial<Appearance> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** The changes that another appearance does not hold. */
const without = (changes: Partial<Appearance>, other: Partial<Appearance>): Partial<Appearance> =>
  Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => Reflect.get(other, key) !== value),
  );
