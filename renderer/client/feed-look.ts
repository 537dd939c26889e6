import * as z from 'zod/mini';
import { type SettingsState, settingsSchema } from '../../shared/settings.ts';
import type { PageStorage } from './page-storage.ts';

const key = 'plumbline.look';
const lookSchema = z.partial(settingsSchema.shape.appearance);

/** What of its look a page has chosen for itself. */
export type Look = z.infer<typeof lookSchema>;

/** What the address asks for: `?theme=light`; a wall display is dark unless it says otherwise. */
export function lookOfAddress(search: string): Look {
  const query = new URLSearchParams(search);
  const theme = settingsSchema.shape.appearance.shape.theme.safeParse(query.get('theme'));
  if (theme.success) return { theme: theme.data };
  return query.has('wall') ? { theme: 'dark' } : {};
}

/** How this page looks where it differs from the settings; the workstation is not touched. */
export class PageLook {
  readonly #storage: PageStorage;
  #own: Look;
  /** What the address asks for, of this page alone; until another choice is made it goes first. */
  #asked: Look;

  constructor(storage: PageStorage, asked: Look) {
    this.#storage = storage;
    this.#own = readLook(storage.get(key));
    this.#asked = asked;
  }

  /** The theme that was chosen for this page; undefined where the settings decide. */
  theme(): Look['theme'] {
    return { ...this.#own, ...this.#asked }.theme;
  }

  /** The settings with this page's look laid over them. */
  over(state: SettingsState): SettingsState {
    const { theme, palette, privacy } = state.settings.appearance;
    const look = { ...this.#own, ...this.#asked };
    const appearance = {
      theme: look.theme ?? theme,
      palette: look.palette ?? palette,
      privacy: look.privacy ?? privacy,
    };
    return { ...state, settings: { ...state.settings, appearance } };
  }

  /** Changes the page; what is then as in the settings follows them again. */
  change(change: Look, { settings }: SettingsState): void {
    const own = Object.entries({ ...this.#own, ...change }).filter(
      ([name, value]) => Reflect.get(settings.appearance, name) !== value,
    );
    this.#own = lookSchema.parse(Object.fromEntries(own));
    const asked = Object.entries(this.#asked).filter(([name]) => !(name in change));
    this.#asked = lookSchema.parse(Object.fromEntries(asked));
    this.#storage.set(key, JSON.stringify(this.#own));
  }
}

function readLook(text: string | null): Look {
  if (text === null) return {};
  try {
    const look = lookSchema.safeParse(JSON.parse(text));
    return look.success ? look.data : {};
  } catch {
    // Anything on this origin may have written there: what is no look is none.
    return {};
  }
}
