import { useEffect, useEffectEvent, useRef } from 'react';
import { inkNames, readInks, watchAppearance } from './appearance.ts';
import { type EquityPicture, EquityPlot } from './equity-plot.ts';

interface Props {
  readonly picture: EquityPicture;
  readonly summary: string;
  /** Where the crosshair stands; null without one. */
  readonly marked: number | null;
  /** The point under the pointer, null when it has left. */
  readonly onPointed: (index: number | null) => void;
}

/** Keeps one plot for as long as it is mounted, in the size of its place and the colours in effect. */
export function EquityCanvas({ picture, summary, marked, onPointed }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<EquityPlot | null>(null);
  const make = useEffectEvent(
    (place: HTMLElement) => new EquityPlot(place, picture, () => readInks(place)),
  );
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
  useEffect(() => plot.current?.mark(marked), [marked]);
  return (
    <div
      className="equity-canvas"
      role="img"
      aria-label={summary}
      ref={host}
      onPointerMove={({ clientX, clientY }) =>
        onPointed(plot.current?.indexAt(clientX, clientY) ?? null)
      }
      onPointerLeave={() => onPointed(null)}
    >
      {inkNames.map((name) => (
        <i key={name} data-ink={name} />
      ))}
    </div>
  );
}
