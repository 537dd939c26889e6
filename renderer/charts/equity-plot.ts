import uPlot from 'uplot';
import type { TradingDayRule } from '../../shared/trading-day.ts';
import { hiddenAmount } from '../components/units.ts';
import type { Inks } from './appearance.ts';
import { type EquityDrawing, surface } from './equity-drawing.ts';
import { type TimeTick, timeTicks } from './time-ticks.ts';

/** What the canvas shows. */
export interface EquityPicture {
  readonly drawing: EquityDrawing;
  readonly tradingDay: TradingDayRule;
  readonly amountsHidden: boolean;
}

interface Hooks {
  readonly inks: () => Inks;
  /** The point under the pointer, null when it has left. */
  readonly onPointed: (index: number | null) => void;
}

const font = '11px "Inter Variable", Inter, system-ui, sans-serif';
const pixelsBetweenTimes = 96;
const readoutHeight = 20;

/** The canvas of the equity chart; React hands it pictures, it hands back the point pointed at. */
export class EquityPlot {
  readonly #plot: uPlot;
  readonly #hooks: Hooks;
  #picture: EquityPicture;
  #inks: Inks;
  #times: readonly TimeTick[] = [];
  /** The point that the keyboard has stepped to; while there is one, the pointer's is not told. */
  #stepped: number | null = null;

  constructor(host: HTMLElement, picture: EquityPicture, hooks: Hooks) {
    this.#hooks = hooks;
    this.#picture = picture;
    this.#inks = hooks.inks();
    const size = { width: host.clientWidth, height: host.clientHeight };
    this.#plot = new uPlot(this.#options(size), this.#data(), host);
  }

  show(picture: EquityPicture): void {
    this.#picture = picture;
    this.#plot.setData(this.#data());
    // The labels too: the scale of the shares never changes, so they would be kept.
    this.#plot.redraw(true, true);
  }

  /** Puts the crosshair on a point, or takes it away. */
  step(index: number | null): void {
    if (index === null && this.#stepped === null) return;
    this.#stepped = index;
    this.#placeStep();
  }

  /** Hands the crosshair back to the pointer. */
  unstep(): void {
    this.#stepped = null;
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  /** Draws anew in the colours now in effect. */
  repaint(): void {
    this.#inks = this.#hooks.inks();
    this.#plot.redraw(false, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #placeStep(): void {
    const ms = this.#stepped === null ? undefined : this.#picture.drawing.ms[this.#stepped];
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
      cursor: this.#cursor(),
      scales: {
        x: { time: false, range: () => [this.#picture.drawing.from, this.#picture.drawing.to] },
        // All heights are shares: whatever the amounts, the canvas sees numbers between 0 and 1.
        y: { range: () => [0, 1] },
      },
      series: this.#series(),
      axes: [this.#timeAxis(), this.#amountAxis()],
      hooks: {
        setCursor: [(plot) => this.#tellPointed(plot.cursor.idx ?? null)],
        draw: [() => this.#stepped !== null && this.#placeStep()],
      },
    };
  }

  #tellPointed(index: number | null): void {
    if (this.#stepped === null) this.#hooks.onPointed(index);
  }

  #cursor(): uPlot.Cursor {
    return {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { show: false },
      // The crosshair stands on points alone: the text beside it is exact.
      move: (plot, left, top) => {
        const ms = left < 0 ? undefined : plot.data[0][plot.posToIdx(left)];
        return [ms === undefined ? left : plot.valToPos(ms, 'x'), top];
      },
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
        const most = plot.over.clientWidth / pixelsBetweenTimes;
        this.#times = timeTicks(drawing.from, drawing.to, most, tradingDay);
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
