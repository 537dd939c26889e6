import uPlot from 'uplot';
import type { TradingDayRule } from '../../shared/trading-day.ts';
import { hiddenAmount } from '../components/units.ts';
import { drawAlertMark } from './alert-glyphs.ts';
import type { AlertMark } from './alert-marks.ts';
import type { Inks } from './appearance.ts';
import { type EquityDrawing, surface } from './equity-drawing.ts';
import { type TimeTick, ticksThatFit, timeTicks } from './time-ticks.ts';

/** What the canvas shows. */
export interface EquityPicture {
  readonly drawing: EquityDrawing;
  readonly tradingDay: TradingDayRule;
  readonly amountsHidden: boolean;
  /** Where alerts fired. */
  readonly marks?: readonly AlertMark[];
}

const font = '11px "Inter Variable", Inter, system-ui, sans-serif';
const pixelsBetweenTimes = 96;
const readoutHeight = 20;

// The crosshair stands where the text and the slider are, so it never follows the pointer by itself.
const deaf = () => null;
const cursor: uPlot.Cursor = {
  y: false,
  drag: { x: false, y: false, setScale: false },
  points: { show: false },
  bind: {
    mousedown: deaf,
    mouseup: deaf,
    click: deaf,
    dblclick: deaf,
    mousemove: deaf,
    mouseleave: deaf,
    mouseenter: deaf,
  },
};

/** The canvas of the equity chart; React hands it pictures and the point that the crosshair marks. */
export class EquityPlot {
  readonly #plot: uPlot;
  readonly #readInks: () => Inks;
  #picture: EquityPicture;
  #inks: Inks;
  #times: readonly TimeTick[] = [];
  #marked: number | null = null;

  constructor(host: HTMLElement, picture: EquityPicture, readInks: () => Inks) {
    this.#readInks = readInks;
    this.#picture = picture;
    this.#inks = readInks();
    const size = { width: host.clientWidth, height: host.clientHeight };
    this.#plot = new uPlot(this.#options(size), this.#data(), host);
  }

  show(picture: EquityPicture): void {
    this.#picture = picture;
    // A line without closes is drawn in other colours.
    this.#inks = this.#readInks();
    this.#plot.setData(this.#data());
    // The labels too: the scale of the shares never changes, so they would be kept.
    this.#plot.redraw(true, true);
  }

  /** Puts the crosshair on a point, or takes it away. */
  mark(index: number | null): void {
    this.#marked = index;
    this.#placeCrosshair();
  }

  /** The point nearest in time to a place on the screen; null outside the chart. */
  indexAt(clientX: number, clientY: number): number | null {
    const { left, right, top, bottom } = this.#plot.over.getBoundingClientRect();
    const isWithin = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    return isWithin ? this.#plot.posToIdx(clientX - left) : null;
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  /** Draws anew in the colours now in effect. */
  repaint(): void {
    this.#inks = this.#readInks();
    this.#plot.redraw(false, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #drawMarks(): void {
    const { ctx } = this.#plot;
    const { marks = [] } = this.#picture;
    for (const { ms, at, severity } of marks) {
      const place = {
        x: this.#plot.valToPos(ms, 'x', true),
        y: this.#plot.valToPos(at, 'y', true),
      };
      drawAlertMark(ctx, place, {
        ...{ severity, ink: this.#inks[severity], ground: this.#inks.ground },
        count: marks.length,
      });
    }
  }

  #placeCrosshair(): void {
    const ms = this.#marked === null ? undefined : this.#picture.drawing.ms[this.#marked];
    // Outside means none.
    const left = ms === undefined ? -10 : this.#plot.valToPos(ms, 'x');
    this.#plot.setCursor({ left, top: ms === undefined ? -10 : 0 }, false);
  }

  #data(): uPlot.AlignedData {
    const { ms, highWaterMark, equity, underwater } = this.#picture.drawing;
    return [[...ms], [...underwater], [...highWaterMark], [...equity]];
  }

  #options(size: { width: number; height: number }): uPlot.Options {
    return {
      ...size,
      ms: 1,
      legend: { show: false },
      padding: [readoutHeight, 0, 0, 0],
      cursor,
      scales: {
        x: { time: false, range: () => [this.#picture.drawing.from, this.#picture.drawing.to] },
        // All heights are shares: whatever the amounts, the canvas sees numbers between 0 and 1.
        y: { range: () => [0, 1] },
      },
      series: this.#series(),
      axes: [this.#timeAxis(), this.#amountAxis()],
      hooks: { draw: [() => this.#drawMarks(), () => this.#placeCrosshair()] },
    };
  }

  #series(): uPlot.Series[] {
    const { stepped } = uPlot.paths;
    const line = {
      ...(stepped === undefined ? {} : { paths: stepped({ align: 1 }) }),
      points: { show: false },
    };
    return [
      {},
      {
        ...line,
        width: 0.75,
        stroke: () => this.#inks.drawdown,
        fill: () => this.#inks.wash,
        fillTo: surface,
      },
      { ...line, width: 1, dash: [2, 3], stroke: () => this.#inks.mark },
      { ...line, width: 1.5, stroke: () => this.#inks.equity },
    ];
  }

  #timeAxis(): uPlot.Axis {
    return {
      side: 2,
      size: 20,
      gap: 6,
      font,
      align: 1,
      stroke: () => this.#inks.label,
      grid: { show: false },
      ticks: { show: false },
      splits: (plot) => {
        const { drawing, tradingDay } = this.#picture;
        const { clientWidth: width, offsetLeft } = plot.over;
        const most = width / pixelsBetweenTimes;
        const ticks = timeTicks(drawing.from, drawing.to, most, tradingDay);
        const span = drawing.to - drawing.from;
        const leftOf = (ms: number): number => ((ms - drawing.from) / span) * width;
        // Below the amounts there is room for the end of a label.
        this.#times = ticksThatFit(ticks, leftOf, plot.width - offsetLeft);
        return this.#times.map(({ ms }) => ms);
      },
      values: () => this.#times.map(({ label }) => label),
    };
  }

  #amountAxis(): uPlot.Axis {
    return {
      side: 1,
      size: (_plot, labels) =>
        Math.max(48, ...(labels ?? []).map((label) => label.length * 6.5 + 10)),
      gap: 6,
      font,
      stroke: () => this.#inks.label,
      grid: {
        stroke: () => this.#inks.line,
        width: 1,
        filter: (_plot, splits) =>
          splits.map((at, index) => (this.#picture.drawing.amounts[index]?.line ? at : null)),
      },
      ticks: { show: false },
      splits: () => this.#picture.drawing.amounts.map(({ at }) => at),
      values: () => this.#picture.drawing.amounts.map((mark) => this.#amountLabel(mark.label)),
    };
  }

  #amountLabel(label: string): string {
    return this.#picture.amountsHidden && label !== '' ? hiddenAmount : label;
  }
}
