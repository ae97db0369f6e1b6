// The page of `kronik serve`, in chromium: node page_test.js KRONIK STORE
'use strict';

const assert = require('node:assert/strict');
const {spawn} = require('node:child_process');
const net = require('node:net');
const {chromium} = require('playwright-core');

const [kronik, store] = process.argv.slice(2);

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(url) {
  for (let i = 0; i < 100; ++i) {
    try {
      return await fetch(url);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`${kronik} serve does not answer at ${url}`);
}

const texts = (page, selector) => page.locator(selector).allTextContents();

const CASES = {
  async 'lists the events by date'(page) {
    await page.locator('#list .item').first().waitFor();
    assert.deepEqual(await texts(page, '#list h2'), ['2024-04-10', '2024-05-01']);
    assert.deepEqual(await texts(page, '#list .item b'), ['CHL → FJI', 'NOR → PER']);
    assert.equal(await page.locator('#list .item.negated').count(), 1);
  },

  async 'opens an event at its sentence, trigger and actors marked'(page) {
    await page.locator('#list .item', {hasText: 'NOR → PER'}).click();
    await page.locator('#report mark.trigger').first().waitFor();
    assert.deepEqual(await texts(page, '#report .text mark.trigger'), ['thanked']);
    assert.deepEqual(await texts(page, '#report .text mark.actor'), ['Norway']);
    assert.deepEqual(await texts(page, '#report .text mark.recipient'), ['Peru']);
    assert.equal((await texts(page, '#report .text mark.sentence')).join(''),
        'On Wednesday Norway thanked Peru for its help.');
    assert.equal(await page.locator('.item[aria-current="true"]').count(), 1);
    const trigger = page.locator('#report .text mark.trigger');
    assert.ok(await trigger.evaluate((mark) => {
      const box = mark.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    }));
  },

  async 'a link opens the same event'(page) {
    await page.locator('#list .item', {hasText: 'NOR → PER'}).click();
    await page.locator('#report mark.trigger').first().waitFor();
    await page.reload();
    await page.locator('#report .text mark.trigger').waitFor();
    assert.deepEqual(await texts(page, '#report .text mark.trigger'), ['thanked']);
  },

  async 'text of a report never becomes markup'(page) {
    await page.locator('#list .item', {hasText: 'NOR → PER'}).click();
    await page.locator('#report .text p').first().waitFor();
    assert.equal(await page.locator('#report h2').textContent(), 'Leaders <b>meet</b> in Bern');
    assert.equal(await page.locator('#report img, #report b, #report script').count(), 0);
    assert.equal((await texts(page, '#report .text p'))[0],
        'Zürich 🚂 to Bern: <img src=x onerror="window.hacked=1">');
    assert.equal(await page.locator('#report .meta a').getAttribute('href'),
        'https://news.example/summit');
    await page.locator('#list .item', {hasText: 'CHL → FJI'}).click();
    await page.locator('#report', {hasText: 'Envoy denies talks'}).waitFor();
    assert.equal(await page.locator('#report a').count(), 0);  // javascript: is no link
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  },

  async 'filters by party and day'(page) {
    await page.fill('[name=party]', 'per');
    await page.click('#filter button');
    await page.locator('#list h2', {hasText: '2024-04-10'}).waitFor({state: 'detached'});
    assert.deepEqual(await texts(page, '#list .item b'), ['NOR → PER']);
    await page.fill('[name=from]', '2024-05-02');
    await page.click('#filter button');
    await page.locator('#list .hint', {hasText: 'Nothing here'}).waitFor();
  },

  async 'lists reports and opens one'(page) {
    await page.click('#show-articles');
    await page.locator('#list .item', {hasText: 'Envoy denies talks'}).click();
    await page.locator('#report .text', {hasText: 'Chile did not consult Fiji.'}).waitFor();
    assert.deepEqual(await texts(page, '#list h2'), ['2024-05-02', '2024-04-11']);
    assert.equal(await page.locator('#report mark').count(), 0);
  },

  async 'lists commitments and opens one'(page) {
    await page.click('#show-commitments');
    await page.locator('#list .item', {hasText: 'a new ferry'}).click();
    await page.locator('#report .text mark.trigger').waitFor();
    assert.deepEqual(await texts(page, '#report .text mark.trigger'), ['promised']);
    assert.deepEqual(await texts(page, '#report .text mark.actor'), ['Peru']);
    assert.deepEqual(await texts(page, '#list .note'), ['by 2024-06']);
  },

  async 'works with the keyboard alone, and in a narrow window'(page) {
    await page.setViewportSize({width: 360, height: 640});
    const item = page.locator('#list .item', {hasText: 'NOR → PER'});
    await item.focus();
    await page.keyboard.press('Enter');
    await page.locator('#report .text mark.trigger').waitFor();
    assert.ok(await page.evaluate(
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  },
};

async function main() {
  const port = await freePort();
  const server = spawn(kronik, ['serve', '--store', store, '--port', String(port)],
      {stdio: ['ignore', 'inherit', 'inherit']});
  const url = `http://127.0.0.1:${port}/`;
  let browser;
  let failed = 0;
  try {
    await until(url);
    browser = await chromium.launch({
      executablePath: process.env.KRONIK_BROWSER,
      args: ['--no-sandbox', '--headless', '--disable-gpu'],
    });
    // One page for all, opened afresh each time: a new one costs a second.
    const page = await browser.newPage();
    page.setDefaultTimeout(30000);
    let problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    page.on('request', (request) =>
      request.url().startsWith(url) || /^(data|about):/.test(request.url()) ||
          problems.push(`asks ${request.url()}`));
    for (const [name, test] of Object.entries(CASES)) {
      try {
        await page.goto('about:blank');
        problems = [];
        await page.goto(url);
        await test(page);
        assert.deepEqual(problems, []);
        console.log(`ok: ${name}`);
      } catch (error) {
        ++failed;
        console.log(`FAILED: ${name}\n${error.stack}`);
      }
    }
  } finally {
    if (browser) await browser.close();
    server.kill();
  }
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
