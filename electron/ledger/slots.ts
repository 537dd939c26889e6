/** A place for each connection that may serve; whoever comes later waits in line. */
export function createSlots() {
  let allowed = 1;
  let taken = 0;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (taken < allowed && waiting.length > 0) {
      taken += 1;
      waiting.shift()?.();
    }
  };
  return {
    take: (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    give: (): void => {
      taken -= 1;
      admit();
    },
    allow: (slots: number): void => {
      allowed = slots;
      admit();
    },
    allowed: (): number => allowed,
  };
}
