import fc from 'fast-check';
import { test } from 'vitest';
import { takeOverClock } from '../../e2e/support/ledger-clock.ts';
import { createLedgerPlaces } from '../../e2e/support/ledger-places.ts';
import { randomSituation } from '../../e2e/support/random-settings.ts';
import { bringAbout, disagreements } from '../../e2e/support/situation.ts';
import { startTestLedger } from '../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
test('tally', async () => {
  const own = await startTestLedger();
  const clock = await takeOverClock(own); await createLedgerPlaces(own);
  const ledger = new Ledger(parseConnectionUrl(own.server.readerUrl), () => undefined, ledgerOptionsOf(defaultSettings));
  const tally = new Map<string, {n:number, ex:string[]}>();
  let t0=performance.now(); let tp=0, to=0;
  const N = Number(process.env.N ?? 200);
  for (const s of fc.sample(randomSituation, {numRuns: N, ...(process.env.SEED?{seed:Number(process.env.SEED)}:{})})) {
    await bringAbout(s, own, clock);
    ledger.configure(ledgerOptionsOf(s.settings));
    let d: string[] = [];
    try { const a=performance.now(); const reading = await ledger.read(8000); tp+=performance.now()-a; const b=performance.now(); d = await disagreements(s, own, reading); to+=performance.now()-b; }
    catch (e) { d = ['THROWN: '+String((e as any).cause?.message ?? e).slice(0,600) + String(e).slice(0,300)]; }
    for (const line of d) {
      const k = line.replace(/\[[^\]]*\]/g,'[]').split(':')[0]+ (/product (none|not-computable|infinite|null)|oracle (none|not-computable|infinite|null)/.exec(line)?.[0] ?? '');
      const e = tally.get(k) ?? {n:0, ex:[]}; e.n++; if (e.ex.length<2) e.ex.push(line.slice(0,400)+`   {rows ${s.rows.length} ${s.place.setting} ${s.settings.quantityUnit} gross ${s.settings.pnlIsGross} bank ${s.settings.bankroll} ${s.now} ${JSON.stringify(s.settings.tradingDay)}}`); tally.set(k,e);
    }
  }
  console.log('took', performance.now()-t0, 'product', tp, 'oracle', to);
  for (const [k,e] of [...tally].sort((a,b)=>b[1].n-a[1].n)) console.log(e.n, k, '\n   ', e.ex.join('\n    '));
  await ledger.close(1000); await own.close();
}, 300000);
