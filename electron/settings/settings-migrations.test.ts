import { expect, test } from 'vitest';
import { type Migration, migrate } from './settings-migrations.ts';

const renamed: Migration = ({ old, ...rest }) => ({ ...rest, renamed: old });
const added: Migration = (document) => ({ ...document, added: true });

test('a document is led through every version between, unknown keys kept', () => {
  expect(migrate({ version: 1, old: 7, own: 'x' }, [renamed, added])).toEqual({
    document: { version: 3, own: 'x', renamed: 7, added: true },
    isNewer: false,
    warnings: [],
  });
  expect(migrate({ version: 2, old: 7 }, [renamed, added]).document).toEqual({
    version: 3,
    old: 7,
    added: true,
  });
});

test('a document without a version is of the first', () => {
  expect(migrate({ old: 7 }, [renamed]).document).toEqual({ version: 2, renamed: 7 });
});

test('a document of a later version is left as it is', () => {
  const later = { version: 4, old: 7 };
  expect(migrate(later, [renamed])).toMatchObject({ document: later, isNewer: true });
});
