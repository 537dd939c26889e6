import type { Page } from '@playwright/test';

/** Figures of at most this many printed characters are whole everywhere. */
const wholeUpTo = 12;

/** Figures that are cut, by themselves or by what they stand in, though they are short. */
export const cutFigures = (page: Page): Promise<string[]> =>
  page.evaluate((longest) => {
    const isOutside = (inner: DOMRect, outer: DOMRect): boolean =>
      inner.right > outer.right + 1 || inner.left < outer.left - 1;
    const isCut = (figure: HTMLElement): boolean => {
      const own = figure.getBoundingClientRect();
      const isInline = getComputedStyle(figure).display === 'inline';
      if (!isInline && figure.scrollWidth > figure.clientWidth + 1) return true;
      for (let box = figure.parentElement; box !== null; box = box.parentElement) {
        const clips = getComputedStyle(box).overflowX !== 'visible';
        if (clips && isOutside(own, box.getBoundingClientRect())) return true;
      }
      return false;
    };
    const printed = (figure: Element): string =>
      figure.querySelector('[aria-hidden]')?.textContent ?? '';
    return [...document.querySelectorAll<HTMLElement>('.figure')]
      .filter((figure) => figure.offsetWidth > 0 && figure.closest('.visually-hidden') === null)
      .filter((figure) => printed(figure).length <= longest && isCut(figure))
      .map((figure) => `${printed(figure)} in ${figure.parentElement?.outerHTML.slice(0, 120)}`);
  }, wholeUpTo);

/** How far the page sticks out of its window to the right, in CSS pixels. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });

/** Parts of the trust bar that are cut without an ellipsis, or stand beyond its edge. */
export const cutTrustItems = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const bar = document.querySelector('.trust-bar');
    if (bar === null) return ['there is no trust bar'];
    const { right } = bar.getBoundingClientRect();
    const isCut = (item: Element): boolean =>
      item.getBoundingClientRect().right > right ||
      (item.scrollWidth > item.clientWidth + 1 && getComputedStyle(item).textOverflow === 'clip');
    // Words that are read out alone take a pixel.
    return [...bar.children]
      .filter((item) => !item.matches('.spacer') && isCut(item))
      .map((item) => `${item.textContent} ${item.scrollWidth} ${item.clientWidth}`);
  });
