// How long the page takes over the chronicle of store_bench until it can be used: from the address to the first event
// and its chart, in a fresh browser window each time.
//
//   tests/web/run.sh FIXTURE KRONIK BUILD_DIR bench/page.js STORE [TIMES]
'use strict';

const {withServer} = require('../tests/web/browser.js');

const [kronik, , store, times = '5'] = process.argv.slice(2);

withServer(kronik, store, async (browser, url) => {
  const {events} = await (await fetch(`${url}/api/events?limit=1`)).json();
  const party = events[0].actor[0].code;
  for (const [name, address, shown] of [
    ['events', '/events', 'main a[href^="/events/"]'],
    ['a timeline', `/events?party=${party}`, '.chart circle'],
    ['the ledger', '/ledger', 'main h1'],
    ['the map', '/map', 'main svg .land'],
    ['the network', '/network', 'main svg circle'],
  ]) {
    const took = [];
    for (let i = 0; i < Number(times); ++i) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const start = performance.now();
      await page.goto(url + address);
      await page.locator(shown).first().waitFor();
      took.push(performance.now() - start);
      await context.close();
    }
    took.sort((a, b) => a - b);
    console.log(`${name.padEnd(12)} median ${took[took.length >> 1].toFixed(0)} ms, worst ${took.at(-1).toFixed(0)} ms`);
  }
}).catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
