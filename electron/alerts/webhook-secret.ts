import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type JsonFile, jsonFile } from '../settings/json-file.ts';
import { codeOf } from '../settings/whole-file.ts';

/** Encrypts with a key that the desktop keeps for this person. */
export interface SecretBox {
  /** False where the key would be one that everybody knows. */
  isAvailable(): boolean;
  encrypt(text: string): Buffer;
  /** Throws on what another key encrypted. */
  decrypt(encrypted: Buffer): string;
}

/** The webhook's secret. It never leaves the main process. */
export interface WebhookSecret {
  /** Null where none is known. */
  get(): string | null;
  /**
   * Takes another one, or with null or an empty text none. Never rejects: where it cannot be kept it holds
   * until Plumbline quits, and `warning` says so.
   */
  set(secret: string | null): Promise<void>;
  /** What a person should know of how it is kept; null when all is well. */
  warning(): string | null;
}

type Stored = z.infer<typeof storedSchema>;

const fileName = 'alert-secret.json';
const othersMay = 0o077;

const storedSchema = z.object({
  version: z.literal(1),
  /** As base64. */
  encrypted: z.string(),
});

const noKeyring =
  'This system has no keyring to keep the webhook’s secret in. It is kept in memory alone: enter it again after each start.';
const undecryptable = `The webhook’s secret in ${fileName} cannot be decrypted: it is of another person or keyring. Enter it again.`;

/**
 * Opens the secret that is kept in a folder, encrypted, in a file for its owner alone. Where nothing can be
 * encrypted it is never written. `tell` hears, once each, the sentences that `warning` gives.
 */
export async function openWebhookSecret(
  home: string,
  box: SecretBox,
  tell: (sentence: string) => void,
): Promise<WebhookSecret> {
  const path = join(home, fileName);
  const file = jsonFile(path, storedSchema);
  let { secret, warning } = await readSecret(path, file, box);
  if (warning !== null) tell(warning);
  let last: Promise<void> = Promise.resolve();
  const keep = async (): Promise<void> => {
    const now = await keepSecret(path, file, box, secret);
    if (now !== null && now !== warning) tell(now);
    warning = now;
  };
  return {
    get: () => secret,
    warning: () => warning,
    set: (wished) => {
      secret = wished === '' ? null : wished;
      last = last.then(keep);
      return last;
    },
  };
}

interface Found {
  readonly secret: string | null;
  readonly warning: string | null;
}

async function readSecret(path: string, file: JsonFile<Stored>, box: SecretBox): Promise<Found> {
  const without = (warning: string | null): Found => ({ secret: null, warning });
  try {
    const mode = await modeOf(path);
    if (mode === null) return without(null);
    if ((mode & othersMay) !== 0) return without(tooWide(mode));
    const read = await file.read();
    if (read.kind === 'absent') return without(null);
    if (read.kind === 'corrupt')
      return without(
        `${fileName} could not be understood and was put aside. Enter the webhook’s secret again.`,
      );
    if (!box.isAvailable()) return without(noKeyring);
    return decrypted(box, read.value);
  } catch (error) {
    return without(
      `${fileName} cannot be read (${reasonOf(error)}). Enter the webhook’s secret again.`,
    );
  }
}

function decrypted(box: SecretBox, { encrypted }: Stored): Found {
  try {
    return { secret: box.decrypt(Buffer.from(encrypted, 'base64')), warning: null };
  } catch {
    // What it throws says no more, and may say what must not be shown. The file stays: the keyring it
    // belongs to may come back.
    return { secret: null, warning: undecryptable };
  }
}

/** Writes the secret, or takes the old one away; the answer is what a person should know. */
async function keepSecret(
  path: string,
  file: JsonFile<Stored>,
  box: SecretBox,
  secret: string | null,
): Promise<string | null> {
  try {
    if (secret === null || !box.isAvailable()) {
      await rm(path, { force: true });
      return secret === null ? null : noKeyring;
    }
    // A new file takes the place of the old one, whatever others might do with that.
    await file.write({ version: 1, encrypted: box.encrypt(secret).toString('base64') });
    return null;
  } catch (error) {
    return secret === null
      ? `${fileName} cannot be deleted (${reasonOf(error)}): the old secret of the webhook comes back with the next start. Delete the file.`
      : `The webhook’s secret cannot be written (${reasonOf(error)}). It holds until Plumbline quits.`;
  }
}

/** Its permissions; null where there is no such file. */
async function modeOf(path: string): Promise<number | null> {
  try {
    // Windows has no such permissions: what it tells says nothing.
    return process.platform === 'win32' ? 0 : (await stat(path)).mode & 0o777;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const tooWide = (mode: number): string =>
  `${fileName} may be read or changed by others (its mode is ${mode.toString(8)}), so it is not used. Enter the webhook’s secret again: the file is then written anew for you alone.`;

// By the code alone: a message may hold a path, or what was to be encrypted.
const reasonOf = (error: unknown): string => String(codeOf(error) ?? 'an unknown error');
