/** Scheme of the app's own pages. */
export const appScheme = 'app';

const appHost = 'plumbline';

/** Page that a window starts on. */
export const startAddress = `${appScheme}://${appHost}/index.html`;

/** The same page, as the mini window draws it. */
export const miniAddress = `${startAddress}?mini`;

/** Page for a window whose own page keeps failing. */
export const stoppedAddress = `${appScheme}://${appHost}/stopped.html`;

/** Whether an address is one of the app's own pages. Node gives `app:` no origin: the parts count. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${appScheme}:` && host === appHost;
}
