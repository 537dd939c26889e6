import type { Appearance } from '../../shared/settings.ts';

/** What a piece of text stands for; a sign or a word always says the same. */
export type Tone = 'plain' | 'heading' | 'quiet' | 'gain' | 'loss' | 'good' | 'warning' | 'failed';

/** Puts the colour of a tone on a text, or leaves it as it is. */
export type Paint = (text: string, tone: Tone) => string;

// Of the 256 colours, those that are readable on a light and on a dark terminal.
const palettes = {
  'colour-blind': { gain: '38;5;32', loss: '38;5;172' },
  classic: { gain: '38;5;34', loss: '38;5;160' },
} as const satisfies Record<Appearance['palette'], { gain: string; loss: string }>;

const states = {
  heading: '1',
  quiet: '2',
  good: '38;5;37',
  warning: '38;5;134',
  failed: '1;38;5;134',
} as const;

/** Text without any colour. */
export const plainPaint: Paint = (text) => text;

/** Text with colours. */
export const colourPaint =
  (palette: Appearance['palette']): Paint =>
  (text, tone) => {
    if (tone === 'plain' || text === '') return text;
    const code = { ...states, ...palettes[palette] }[tone];
    return `\u001b[${code}m${text}\u001b[0m`;
  };

/**
 * Whether to use colours: on a terminal, unless NO_COLOR is set to anything; FORCE_COLOR, but for
 * `0` and `false`, asks for them in a pipe too. NO_COLOR wins.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}
