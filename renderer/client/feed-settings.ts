import type { Result } from '../../shared/result.ts';
import type { SettingsState } from '../../shared/settings.ts';
import type { Look, PageLook } from './feed-look.ts';

/** The workstation's settings, with this page's look laid over them. */
export class FeedSettings {
  readonly #ask: () => Promise<Result<SettingsState>>;
  readonly #look: PageLook;
  readonly #tell: (state: SettingsState) => void;
  /** As the workstation has them; null before the first answer. */
  #known: SettingsState | null = null;

  constructor(
    ask: () => Promise<Result<SettingsState>>,
    look: PageLook,
    tell: (state: SettingsState) => void,
  ) {
    this.#ask = ask;
    this.#look = look;
    this.#tell = tell;
  }

  readonly state = async (): Promise<Result<SettingsState>> => {
    const result = await this.#ask();
    if (!result.ok) return result;
    this.#known = result.value;
    return { ok: true, value: this.#look.over(result.value) };
  };

  /** Changes this page alone, also while Plumbline can't be reached. */
  readonly setAppearance = async (change: Look): Promise<Result<SettingsState>> => {
    if (this.#known === null) {
      const asked = await this.state();
      if (!asked.ok) return asked;
      return this.setAppearance(change);
    }
    this.#look.change(change, this.#known);
    const value = this.#look.over(this.#known);
    this.#tell(value);
    return { ok: true, value };
  };
}
