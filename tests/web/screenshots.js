// Makes the pictures of the guide: node screenshots.js KRONIK STORE FOLDER
'use strict';

const path = require('node:path');
const {withServer} = require('./browser.js');

const [kronik, store, folder] = process.argv.slice(2);

withServer(kronik, store, async (browser, url) => {
  const {events} = await (await fetch(`${url}/api/events?party=NOR&party=PER&from=2024-05-01`)).json();
  const say = (review) => fetch(`${url}/api/reviews`, {method: 'POST', body: JSON.stringify({id: events[0].id, ...review}),
    headers: {'Content-Type': 'application/json'}});
  const pictures = [
    {name: 'timeline', address: '/events?party=NOR&party=PER', height: 1000},
    {name: 'event', address: `/events/${events[0].id}`, height: 480},
    {name: 'review', address: `/events/${events[0].id}`, height: 1420},
    {name: 'ledger', address: '/ledger', height: 720, dark: true},
    {name: 'network', address: '/network', height: 900},
    {name: 'map', address: '/map?by=place', height: 1000},
  ];
  for (const {name, address, height, dark} of pictures) {
    const page = await browser.newPage({viewport: {width: 1200, height}, locale: 'en-GB',
      colorScheme: dark ? 'dark' : 'light'});
    if (name === 'review') {
      await say({verdict: 'accept', reviewer: 'Ana'});
      await say({verdict: 'correct', reviewer: 'Budi', note: 'The deck has the day.', fields: {date: '2024-04-30'}});
    }
    await page.goto(url + address);
    await page.locator('main h1').waitFor();
    if (name === 'timeline') await page.locator('.chart circle').first().waitFor();
    if (name === 'review') {
      await page.getByRole('button', {name: 'Correct'}).click();
      await page.locator('.correction').waitFor();
    }
    await page.screenshot({path: path.join(folder, `serve-${name}.png`)});
    await page.close();
  }
}).catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
