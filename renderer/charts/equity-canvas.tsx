import { useEffect, useEffectEvent, useRef } from 'react';
import { inkNames, readInks, watchAppearance } from './appearance.ts';
import { type EquityPicture, EquityPlot } from './equity-plot.ts';

/** Which point is told, and whether the pointer or the keyboard chose it. */
export interface ChosenPoint {
  readonly index: number;
  readonly by: 'pointer' | 'keys';
}

interface Props {
  readonly picture: EquityPicture;
  readonly summary: string;
  readonly chosen: ChosenPoint | null;
  readonly onChoose: (chosen: ChosenPoint | null) => void;
}

/** Keeps one plot for as long as it is mounted, in the size of its place and the colours in effect. */
export function EquityCanvas({ picture, summary, chosen, onChoose }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<EquityPlot | null>(null);
  const stepped = chosen?.by === 'keys' ? chosen.index : null;
  const make = useEffectEvent((place: HTMLElement) => {
    const onPointed = (index: number | null): void =>
      onChoose(index === null ? null : { index, by: 'pointer' });
    return new EquityPlot(place, picture, { inks: () => readInks(place), onPointed });
  });
  useEffect(() => {
    const place = host.current;
    if (place === null) return;
    const made = make(place);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.resize(place.clientWidth, place.clientHeight));
    sizes.observe(place);
    const forgetAppearance = watchAppearance(place, () => made.repaint());
    return () => {
      forgetAppearance();
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.show(picture), [picture]);
  useEffect(() => plot.current?.step(stepped), [stepped]);
  return (
    <div
      className="equity-canvas"
      role="img"
      aria-label={summary}
      ref={host}
      onPointerMove={() => plot.current?.unstep()}
    >
      {inkNames.map((name) => (
        <i key={name} data-ink={name} />
      ))}
    </div>
  );
}
