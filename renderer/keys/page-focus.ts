const notForText = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether letters belong to somebody: to a field that text goes into, or to an open dialog. */
export function lettersTaken(target: EventTarget | null): boolean {
  return document.querySelector('dialog:modal') !== null || takesText(target);
}

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !notForText.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Brings the keyboard to the filter of the view; tells whether there is one. */
export function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>('main input[type="search"]');
  filter?.focus();
  filter?.select();
  return filter !== null;
}

/** A part of the view that one can go to. */
export interface Section {
  readonly name: string;
  readonly heading: HTMLElement;
}

/** The parts of the view as it stands: whatever has a heading. */
export const sectionsOfPage = (): Section[] =>
  [...document.querySelectorAll<HTMLElement>('main h2')].flatMap((heading) => {
    const name = heading.textContent.trim();
    return name === '' ? [] : [{ name, heading }];
  });

/** Brings a part of the view into sight, and the keyboard to it. */
export function goToSection({ heading }: Section): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
}
