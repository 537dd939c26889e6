import pg from 'pg';
import { type FilledLedger, fillLedger } from './ledgers.ts';
import { type BenchResult, short } from './report.ts';
import { sideBySide } from './side-by-side.ts';

const rounds = 200;

/** What it costs to learn that nothing changed, at two sizes, against `select 1`. */
export async function benchProbe(): Promise<BenchResult> {
  const [small, large] = [await fillLedger(10_000), await fillLedger(1_000_000)];
  const [one, others] = await Promise.all([plainClient(small), plainClient(large)]);
  const timings = await sideBySide(
    [
      { name: 'select 1', run: () => one.query('select 1') },
      { name: 'probe at 10,000 rows', run: () => small.ledger.probe(5000) },
      { name: 'probe at 1,000,000 rows', run: () => large.ledger.probe(5000) },
    ],
    rounds,
  );
  await Promise.all([one.end(), others.end()]);
  await Promise.all([small.close(), large.close()]);
  const [, atSmall, atLarge] = timings;
  if (atSmall === undefined || atLarge === undefined) throw new Error('A way was not timed');
  const apart = atLarge.medianMs / atSmall.medianMs;
  return {
    findings: [
      {
        ...{
          figure: 4,
          what: 'refresh when nothing changed, at 1,000,000 rows, against `select 1`',
        },
        ...{ goal: '≤ 2 ×', result: `${short(atLarge.ratio)} ×`, met: atLarge.ratio <= 2 },
      },
      {
        ...{ figure: 4, what: 'the same at 10,000 and 1,000,000 rows' },
        ...{
          goal: 'within 1.5 ×',
          result: `${short(apart)} ×`,
          met: apart <= 1.5 && apart >= 1 / 1.5,
        },
      },
    ],
    bars: timings.map(({ name, medianMs }) => ({ name, ms: medianMs })),
  };
}

async function plainClient({ own }: FilledLedger): Promise<pg.Client> {
  const client = new pg.Client(own.server.readerUrl);
  await client.connect();
  return client;
}
