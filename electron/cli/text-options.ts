import type { Settings } from '../../shared/settings.ts';
import type { CommandIo } from './command-io.ts';
import { colourPaint, plainPaint, wantsColour } from './paint.ts';
import { chartStyle } from './report-chart.ts';
import type { TextOptions } from './report-text.ts';

const narrow = 80;
const wide = 120;

/** The same for a table whose rows must be told apart: all the width there is, and no end of it in a pipe. */
export const tableOptions = (
  settings: Pick<Settings, 'appearance'>,
  io: Pick<CommandIo, 'env' | 'columns'>,
): TextOptions => ({
  ...textOptions(settings, io),
  width: Math.max(io.columns ?? Number.POSITIVE_INFINITY, narrow),
});

/** How text for a person is written: in the width of the terminal and the palette of the settings. */
export function textOptions(
  { appearance }: Pick<Settings, 'appearance'>,
  { env, columns }: Pick<CommandIo, 'env' | 'columns'>,
): TextOptions {
  const coloured = wantsColour(env, columns !== undefined);
  return {
    paint: coloured ? colourPaint(appearance.palette) : plainPaint,
    width: Math.min(Math.max(columns ?? narrow, narrow), wide),
    style: chartStyle(env, process.platform),
  };
}
