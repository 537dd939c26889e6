import * as z from 'zod/mini';
import { type JsonFile, type JsonRead, jsonFile } from './json-file.ts';

const windowPlaceSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  maximized: z.boolean(),
});

const miniPlaceSchema = z.object({ x: z.int(), y: z.int(), isOpen: z.boolean() });

// One bad field costs that field alone.
const appStateSchema = z.object({
  windowPlace: z.catch(z.nullable(windowPlaceSchema), null),
  miniPlace: z.catch(z.nullable(miniPlaceSchema), null),
  toldAboutTray: z.catch(z.boolean(), false),
});

type AppStateValues = z.infer<typeof appStateSchema>;

/** Where the window stood, in screen coordinates that span all screens. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

/** The little that Plumbline remembers about itself: nothing that a person would miss. */
export interface AppState {
  values(): AppStateValues;
  /** Changes some of them at once in memory, and on the disk a little later. */
  change(changes: Partial<AppStateValues>): void;
  /** Resolves when the last change is on the disk. */
  close(): Promise<void>;
}

type Tell = (message: string, error?: unknown) => void;

const defaults: AppStateValues = { windowPlace: null, miniPlace: null, toldAboutTray: false };
// The drag of a window changes its place with every pixel.
const settledMs = 400;

/** Opens the file, starting anew when it cannot be used; `tell` hears why. */
export async function openAppState(path: string, tell: Tell): Promise<AppState> {
  const file = jsonFile(path, appStateSchema);
  let values = await readValues(file, tell);
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<void> = Promise.resolve();
  const write = (): void => {
    timer = undefined;
    written = file
      .write(values)
      .catch((error: unknown) => tell('The place of the window could not be remembered.', error));
  };
  return {
    values: () => values,
    change: (changes) => {
      values = { ...values, ...changes };
      timer ??= setTimeout(write, settledMs);
    },
    close: async () => {
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
      await written;
    },
  };
}

async function readValues(file: JsonFile<AppStateValues>, tell: Tell): Promise<AppStateValues> {
  try {
    return valuesOf(await file.read(), tell);
  } catch (error) {
    tell('The remembered place of the window could not be read.', error);
    return defaults;
  }
}

function valuesOf(read: JsonRead<AppStateValues>, tell: Tell): AppStateValues {
  if (read.kind === 'found') return read.value;
  if (read.kind === 'corrupt') tell(`The remembered state was unreadable; see ${read.movedTo}.`);
  return defaults;
}
