import type { Settings } from '../../shared/settings.ts';
import type { CommandIo } from './command-io.ts';
import { colourPaint, plainPaint, wantsColour } from './paint.ts';
import { chartStyle } from './report-chart.ts';
import type { TextOptions } from './report-text.ts';

const narrow = 80;
const wide = 120;

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
