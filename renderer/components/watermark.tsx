/** A mark behind the figures that no screenshot loses. */
export function Watermark({ word }: { word: 'DEMO' | 'PAUSED' }) {
  return (
    <div className="watermark" data-word={word} aria-hidden="true">
      <span>{word}</span>
      <span>{word}</span>
      <span>{word}</span>
    </div>
  );
}
