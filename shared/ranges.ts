/** The ranges that charts and reports offer; each is made of whole trading days and ends with today. */
export const rangeIds = ['today', '7d', '30d', 'mtd', 'ytd', 'all'] as const;

export type RangeId = (typeof rangeIds)[number];

/** As the chips name them. */
export const rangeLabels: Readonly<Record<RangeId, string>> = {
  today: 'Today',
  '7d': '7D',
  '30d': '30D',
  mtd: 'MTD',
  ytd: 'YTD',
  all: 'All',
};
