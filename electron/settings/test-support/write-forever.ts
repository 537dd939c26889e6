import * as z from 'zod/mini';
import { jsonFile } from '../json-file.ts';

/** Writes ever larger values to the file named on the command line, until it is killed. */
const [, , path = ''] = process.argv;
const file = jsonFile(path, z.object({ count: z.int(), padding: z.string() }));
for (let count = 0; ; count += 1) {
  await file.write({ count, padding: 'x'.repeat((count % 50) * 2000) });
  if (count === 0) process.stdout.write('writing\n');
}
