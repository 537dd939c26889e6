import { expect, test } from 'vitest';
import { oddityIds, oddityMeaning, oddityText } from './oddities.ts';
import { defaultSettings } from './settings.ts';

const dollars = defaultSettings;
const contracts = { ...defaultSettings, quantityUnit: 'contracts' } as const;

test('each oddity has a text for one and for many, and says what it does to the figures', () => {
  for (const id of oddityIds) {
    expect(oddityText(id, 2)).not.toBe('');
    expect(oddityMeaning(id, dollars)).toMatch(/^[A-Z].*\b(not? in|in no|out)\b.*\.$/);
  }
  expect(oddityText('undated', 1)).toBe('close without a time');
  expect(oddityText('undated', 2)).toBe('closes without a time');
});

test('an odd price takes a trade out of exposure with contracts alone', () => {
  expect(oddityMeaning('oddPrices', dollars)).not.toContain('exposure');
  expect(oddityMeaning('oddPrices', contracts)).toContain('in no exposure');
});

test('odd fees take the P&L along where it is gross of them', () => {
  expect(oddityMeaning('oddFees', dollars)).not.toContain('P&L');
  expect(oddityMeaning('oddFees', { ...dollars, pnlIsGross: true })).toContain('P&L');
});
