/** The views of the window, in the order of their keys. */
export const viewIds = ['overview', 'alerts', 'system'] as const;

export type ViewId = (typeof viewIds)[number];

/** What each view is called. */
export const viewNames: Readonly<Record<ViewId, string>> = {
  overview: 'Overview',
  alerts: 'Alerts',
  system: 'System',
};
