import { constants, copyFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Appearance, defaultSettings, type Settings } from '../../shared/settings.ts';
import { isSameLook, type Look, lookAtSettings, lookOnce } from './look-at-settings.ts';
import { parseSettings } from './parse-settings.ts';
import { type Document, isDocument, knownVersion, migrate } from './settings-migrations.ts';
import { codeOf, putAside, replaceText } from './whole-file.ts';

/** Where the last good text is kept. */
export const backupOf = (path: string): string => `${path}.bak`;

/** What holds in place of a file that cannot be used: the last good one, else the defaults. */
export async function fallbackFor(path: string) {
  const look = await lookOnce(backupOf(path));
  if (look.kind !== 'good')
    return { look, settings: defaultSettings, sentence: 'The defaults are used.', warnings: [] };
  return { look, sentence: 'The last good settings are used.', ...parseSettings(look.document) };
}

/** The settings as the disk has them. Its methods must not overlap. */
export class StoredSettings {
  readonly #path: string;
  #look: Look | null = null;
  #settings: Settings = defaultSettings;
  #warnings: readonly string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Reads the file; answers whether it is another than before. */
  async load(): Promise<boolean> {
    const look = await lookAtSettings(this.#path, this.#look?.kind === 'good');
    if (this.#look !== null && isSameLook(look, this.#look)) return false;
    switch (look.kind) {
      case 'absent':
        this.#adopt(look, defaultSettings, []);
        break;
      case 'good':
        await this.#adoptGood(look.text, look.document);
        break;
      case 'unreadable':
        await this.#standIn(look);
        break;
      case 'corrupt':
        await this.#recover(look);
        break;
    }
    return true;
  }

  /** Writes what changed, or tells why it was not written. Keys that nobody knows are kept. */
  async writeAppearance(changes: Partial<Appearance>): Promise<string | null> {
    const base = this.#writable();
    if (typeof base === 'string') return base;
    const before = isDocument(base.appearance) ? base.appearance : this.#settings.appearance;
    return this.#write({ version: knownVersion, ...base, appearance: { ...before, ...changes } });
  }

  /** Writes the settings in effect when there is no file; tells why when that failed. */
  async writeIfAbsent(): Promise<string | null> {
    return this.#look?.kind === 'absent' ? this.#write(this.#settings) : null;
  }

  #adopt(look: Look, settings: Settings, warnings: readonly string[]): void {
    this.#look = look;
    this.#settings = settings;
    this.#warnings = warnings;
  }

  async #adoptGood(text: string, document: Document): Promise<void> {
    const { settings, warnings } = parseSettings(document);
    this.#adopt({ kind: 'good', text, document }, settings, warnings);
    const kept = await lookOnce(backupOf(this.#path));
    if (kept.kind === 'good' && kept.text === text) return;
    const failure = await tried(replaceText(backupOf(this.#path), text));
    if (failure !== null)
      this.#warnings = [...warnings, `settings.json.bak could not be written (${failure}).`];
  }

  /** What cannot be read for now must not change a figure; at the start there is nothing else yet. */
  async #standIn(look: Look & { kind: 'unreadable' }): Promise<void> {
    const cause = `settings.json cannot be read (${look.why}).`;
    if (this.#look !== null)
      return this.#adopt(look, this.#settings, [`${cause} The settings before it stay in effect.`]);
    const { settings, sentence, warnings } = await fallbackFor(this.#path);
    this.#adopt(look, settings, [`${cause} ${sentence}`, ...warnings]);
  }

  async #recover(look: Look & { kind: 'corrupt' }): Promise<void> {
    const { look: backup, settings, sentence, warnings } = await fallbackFor(this.#path);
    const cause = `settings.json could not be understood (${look.why})`;
    let movedTo = '';
    const failure = await tried(
      putAside(this.#path).then((path) => {
        movedTo = basename(path);
      }),
    );
    if (failure !== null)
      return this.#adopt(look, settings, [
        `${cause} and not be put aside (${failure}). ${sentence}`,
        ...warnings,
      ]);
    const all = [`${cause} and was put aside as ${movedTo}. ${sentence}`, ...warnings];
    this.#adopt({ kind: 'absent' }, settings, all);
    if (backup.kind !== 'good') return;
    // Else the next start would find no file, and other figures. A file that somebody has saved
    // meanwhile is left alone.
    const unwritten = await tried(
      copyFile(backupOf(this.#path), this.#path, constants.COPYFILE_EXCL),
    );
    if (unwritten === null) this.#adopt(backup, settings, all);
  }

  /** The document that a change goes into, or why the file must stay as it is. */
  #writable(): Document | string {
    const look = this.#look;
    const untilQuit = 'The change of appearance holds until Plumbline quits:';
    switch (look?.kind) {
      case undefined:
      case 'absent':
        return this.#settings;
      case 'good': {
        const { document, isNewer } = migrate(look.document);
        return isNewer ? `${untilQuit} settings.json is of a newer version.` : document;
      }
      case 'unreadable':
        return `${untilQuit} settings.json cannot be read (${look.why}).`;
      case 'corrupt':
        return `${untilQuit} settings.json cannot be understood (${look.why}).`;
    }
  }

  async #write(document: Document): Promise<string | null> {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    const failure = await tried(replaceText(this.#path, text));
    if (failure !== null)
      return `settings.json could not be written (${failure}). What was changed holds until Plumbline quits.`;
    await this.#adoptGood(text, document);
    return null;
  }
}

/** Null when it worked, else the system's code of the failure. */
async function tried(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return String(codeOf(error) ?? 'unknown cause');
  }
}
