// The page of `kronik serve`, in chromium: node page_test.js KRONIK STORE
'use strict';

const assert = require('node:assert/strict');
const {withServer} = require('./browser.js');

const [kronik, store] = process.argv.slice(2);
const texts = (page, selector) => page.locator(selector).allTextContents();
const path = (page) => new URL(page.url()).pathname + new URL(page.url()).search;
const heading = (page, text) => page.locator('main h1', {hasText: text}).waitFor();
const fits = (page) => page.evaluate(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

// The page's policy forbids Playwright's own waitForFunction.
async function eventually(check) {
  for (let i = 0; i < 100; ++i) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never: ${check}`);
}

// Opens an address of the page and waits for its view.
async function open(page, address) {
  await page.goto(page.base + address);
  await page.locator('main h1').first().waitFor();
}

const LATE = '/events?party=NOR&party=PER&from=2024-05-01';

async function openEvent(page) {
  await open(page, LATE);
  await page.locator('.events a.who').first().click();
  await page.locator('.eventpage').waitFor();
}

const CASES = {
  async 'lists reports and opens one'(page) {
    await open(page, '/');
    assert.deepEqual((await texts(page, '.day > h2')).slice(0, 2), ['3 May 2024', '2 May 2024']);
    await page.locator('.headline', {hasText: 'Envoy denies talks'}).click();
    await heading(page, 'Envoy denies talks');
    assert.equal(path(page), '/reports/protest');
    assert.equal(await page.title(), 'Envoy denies talks · kronik');
    await page.reload();
    await heading(page, 'Envoy denies talks');
    assert.equal(await page.locator('.head a').count(), 0);  // javascript: is no link
  },

  async 'finds reports by their title, in an address that can be shared'(page) {
    await open(page, '/reports');
    await page.fill('[name=q]', 'thanks');
    await page.keyboard.press('Enter');
    await eventually(async () => await page.locator('.headline').count() === 1);
    assert.equal(path(page), '/reports?q=thanks');
    await page.reload();
    await page.locator('.headline').waitFor();
    assert.deepEqual(await texts(page, '.headline'), ['Norway thanks Peru']);
    await open(page, '/reports?q=nowhere');
    await page.locator('.hint', {hasText: 'No report fits'}).waitFor();
  },

  async 'shows a report with all that belongs to it'(page) {
    await open(page, '/reports/echo');
    assert.match(await page.locator('.head .meta').textContent(), /By Ana Example · 3 May 2024, 08:30 · original/);
    assert.deepEqual(await texts(page, '.captions p'), ['Envoys in Bern. EXP, handout by EXAMPLE MINISTRY']);
    assert.deepEqual(await texts(page, '.text h2'), ['In Bern']);
    assert.deepEqual(await texts(page, '.text a.m-events'), ['thanked']);
    assert.ok((await texts(page, '.text .m-names')).includes('Norway'));
    assert.equal(await page.locator('.residue dd').first().isVisible(), false);
    await page.locator('.residue summary').click();
    assert.deepEqual(await texts(page, '.residue dd'), ['Share this', 'All rights reserved']);
    assert.match((await texts(page, 'aside .statement .meta'))[0], /through EXP \(organ of Switzerland\)/);
    const tint = () => page.locator('.text .m-statements').first().evaluate(
        (mark) => getComputedStyle(mark).backgroundColor);
    assert.notEqual(await tint(), 'rgba(0, 0, 0, 0)');
    await page.getByRole('checkbox', {name: 'Statements'}).uncheck();
    assert.equal(await tint(), 'rgba(0, 0, 0, 0)');
    await page.locator('.related a', {hasText: 'meet'}).click();  // a link of the report, resolved
    await page.waitForURL('**/reports/summit');
    await eventually(async () => (await texts(page, 'aside .links a')).join() === 'Norway thanks Peru');
  },

  async 'text of a report never becomes markup'(page) {
    await open(page, '/reports/summit');
    assert.equal(await page.locator('h1').textContent(), 'Leaders <b>meet</b> in Bern');
    assert.equal(await page.locator('main img, main b, main script').count(), 0);
    assert.equal((await texts(page, '.text p'))[0],
        'Zürich 🚂 to Bern: <img src=x onerror="window.hacked=1">');
    assert.equal(await page.locator('.head a').getAttribute('href'), 'https://news.example/summit');
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  },

  async 'a link opens a record at its words'(page) {
    await open(page, '/reports/summit');
    await page.locator('aside .events .intext').first().click();
    await page.locator('.text .target').first().waitFor();
    assert.match(path(page), /^\/reports\/summit\?record=/);
    await page.reload();
    await page.locator('.text .target').first().waitFor();
    assert.equal((await texts(page, '.text .target')).join(''), 'On Wednesday Norway thanked Peru for its help.');
    assert.deepEqual(await texts(page, '.text .trigger'), ['thanked']);
  },

  async 'an event says who, whom, when, how sure, and by whose word'(page) {
    await openEvent(page);
    assert.match(path(page), /^\/events\/[0-9a-f]{32}$/);
    assert.equal(await page.locator('h1').textContent(), 'Norway → Peru');
    const facts = (await page.locator('.facts').textContent());
    for (const word of ['Norway', 'Peru', 'Cooperate', '1 May 2024', 'asserted', '+6.5', '90%', 'en.tsv:1']) {
      assert.ok(facts.includes(word), word);
    }
    assert.equal(await page.locator('.evidence').count(), 2);
    assert.deepEqual(await texts(page, '.evidence .trigger'), ['thanked', 'thanked']);
    assert.deepEqual(await texts(page, '.evidence .actor'), ['Norway', 'Norway']);
    assert.deepEqual(await texts(page, '.evidence .recipient'), ['Peru', 'Peru']);
    assert.deepEqual(await texts(page, '.evidence .dated'), ['Wednesday']);
    assert.match(facts, /Bern/);
    assert.equal((await texts(page, '.evidence blockquote'))[0],
        'It rained. On Wednesday Norway thanked Peru for its help. It rained.');
    assert.deepEqual(await texts(page, '.according'),
        ['In the report’s own voice', 'According to Fiji, through EXP (organ of Switzerland)']);
    await page.reload();
    await page.locator('.eventpage').waitFor();
  },

  async 'draws a timeline whose list follows what it shows'(page) {
    await open(page, '/events?party=NOR&party=PER');
    await page.locator('.chart circle').first().waitFor();
    assert.equal(await page.locator('.chart circle').count(), 22);
    assert.equal(await page.locator('.events > li').count(), 22);
    assert.equal(await page.locator('.chart .mean').count(), 1);
    const strip = await page.locator('.strip').boundingBox();
    await page.mouse.move(strip.x + strip.width * .1, strip.y + 20);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * .4, strip.y + 20, {steps: 5});
    await page.mouse.up();
    await page.waitForURL(/window=/);
    const rows = await page.locator('.events > li').count();
    assert.ok(rows > 0 && rows < 22, String(rows));
    assert.equal(await page.locator('.chart circle').count(), rows);
    const csv = await page.getByRole('link', {name: 'CSV'}).getAttribute('href');
    const lines = (await (await page.request.get(page.base + csv)).text()).trim().split('\n').length;
    assert.equal(lines, rows + 1);  // the download is what is shown
    await page.reload();
    await eventually(async () => await page.locator('.chart circle').count() === rows);
    assert.equal(await page.locator('.events > li').count(), rows);
    await page.getByRole('button', {name: 'Whole period'}).click();
    await eventually(async () => await page.locator('.events > li').count() === 22);
    assert.equal(path(page), '/events?party=NOR&party=PER');
    for (let i = 0; i < 3; ++i) await page.getByRole('button', {name: 'Zoom in'}).click();
    const from = await page.locator('.controls output').textContent();
    await page.getByRole('button', {name: 'Earlier'}).click();
    assert.notEqual(await page.locator('.controls output').textContent(), from);
  },

  async 'zooms with the wheel and Ctrl, and scrolls with the wheel alone'(page) {
    await open(page, '/events?party=NOR&party=PER');
    await page.locator('.chart circle').first().waitFor();
    const box = await page.locator('.chart').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await page.waitForURL(/window=/);
    assert.ok(await page.locator('.chart circle').count() < 22);
  },

  async 'the timeline works with the keyboard alone'(page) {
    await open(page, '/events?party=NOR&party=PER');
    await page.locator('.chart circle').first().waitFor();
    await page.locator('.chart').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('.events li.current').count(), 1);
    assert.equal(await page.locator('.chart circle.pointed').count(), 1);
    assert.match(await page.locator('p.pointed').textContent(), /(Norway → Peru|Peru → Norway)/);
    await page.keyboard.press('Enter');
    await page.locator('.eventpage').waitFor();
    await page.goBack();
    await page.locator('.chart circle').first().waitFor();
  },

  async 'narrows by facets, and says so in the address'(page) {
    await open(page, '/events');
    await page.locator('.facet a', {hasText: 'material conflict'}).click();
    await page.waitForURL('**/events?quad=4');
    await page.locator('.chip[aria-current]').waitFor();
    assert.equal(await page.locator('.events .dot:not(.quad4)').count(), 0);
    await page.locator('.facet a', {hasText: 'Peru'}).click();
    await page.waitForURL(/quad=4&party=PER|party=PER&quad=4/);
    await heading(page, 'Peru');
    await page.locator('.clear').click();
    await heading(page, 'All events');
    await open(page, '/events?q=NOWHERE');
    await page.locator('.hint', {hasText: 'No event fits'}).waitFor();
  },

  async 'finds events by the form'(page) {
    await open(page, '/events');
    await page.locator('[name=party]').first().fill('per');
    await page.locator('[name=party]').nth(1).fill('nor');
    await page.fill('[name=q]', 'thanked');
    await page.click('.filter button');
    await heading(page, 'Peru and Norway');
    assert.equal(path(page), '/events?party=PER&party=NOR&q=thanked');
    assert.equal(await page.locator('.events > li').count(), 1);
  },

  async 'what is shown can be downloaded, and followed'(page) {
    await open(page, LATE);
    for (const [name, type, words] of [['CSV', 'text/csv', 'id,event_type'],
      ['JSONL', 'application/jsonl', '"evidence"'], ['Atom', 'application/atom+xml', '<feed']]) {
      const href = await page.getByRole('link', {name}).getAttribute('href');
      const answer = await page.request.get(page.base + href);
      assert.ok(answer.headers()['content-type'].startsWith(type), name);
      assert.ok((await answer.text()).includes(words), name);
    }
  },

  async 'the ledger is a board by status'(page) {
    await open(page, '/ledger');
    assert.deepEqual(await page.locator('.column > h2').evaluateAll((all) => all.map((one) => one.firstChild.textContent)),
        ['Open', 'Due', 'Reaffirmed', 'Delayed', 'Fulfilled', 'Broken']);
    assert.ok((await texts(page, '.column_due .card')).every((one) => one.includes('the term has passed')));
    assert.ok((await texts(page, '.column_open .card')).every((one) => !one.includes('the term has passed')));
    const broken = page.locator('.column_broken .card').first();
    assert.match(await broken.textContent(), /broken.* → .*went back on/s);
    await page.locator('[name=party]').first().fill('KEN');
    await page.click('.filter button');
    await page.waitForURL('**/ledger?party=KEN');
    await eventually(async () => (await texts(page, '.card h3')).every((one) => one.includes('Kenya')));
    await page.locator('.card a').first().click();
    await page.locator('.text .target').first().waitFor();
    await open(page, '/ledger?party=ZZZ');
    await page.locator('.hint', {hasText: 'No commitment fits'}).waitFor();
  },

  async 'an event is reviewed, and the log says by whom'(page) {
    await openEvent(page);
    await page.locator('.reviewbox').waitFor();
    assert.match(await page.locator('.reviewbox .state').textContent(), /Nobody has reviewed/);
    await page.getByRole('button', {name: 'Accept'}).click();
    await page.getByRole('alert').filter({hasText: 'Give your name'}).waitFor();
    await page.getByLabel('Your name').fill('Ana');
    await page.getByRole('button', {name: 'Accept'}).click();
    await page.locator('.review-accept').waitFor();
    await page.getByRole('button', {name: 'Correct'}).click();
    await eventually(async () => await page.evaluate(() => document.activeElement.name) === 'event_type');
    await page.locator('.correction [name=event_type]').selectOption('CONSULT');
    await page.locator('.correction [name=mode]').selectOption('visit');
    await page.locator('.correction [name=date]').fill('2024-02-31');
    await page.getByRole('button', {name: 'Save'}).click();
    await page.getByRole('alert').filter({hasText: 'no day'}).waitFor();
    await page.locator('.correction [name=date]').fill('2024-04-30');
    await page.locator('.correction [name=actor]').fill('NOR GOV');
    await page.getByLabel('Note').fill('As the deck says.');
    await page.getByRole('button', {name: 'Save'}).click();
    await page.locator('.state .review-correct').waitFor();
    assert.equal(await page.locator('.correction').count(), 0);
    const state = await page.locator('.state').textContent();
    for (const word of ['Ana', 'As the deck says.', 'Type: Consult (was Cooperate)', 'Mode: visit', 'When: 30 April 2024 (was 1 May 2024)',
      'Who: Norway GOV (was Norway)']) {
      assert.ok(state.includes(word), `${word}: ${state}`);
    }
    await eventually(async () => await page.locator('.log > li').count() === 2);
    assert.match(await page.locator('.facts').textContent(), /Cooperate/);  // the machine's record stays
    await page.reload();
    await page.locator('.state .review-correct').waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Ana');
    page.problems.length = 0;  // the browser reports the refusal
  },

  async 'accepted events alone come with their corrections, in an address that can be shared'(page) {
    await open(page, '/events');
    await page.getByLabel('Accepted only').check();
    await page.locator('.filter button').click();
    await page.waitForURL('**/events?accepted=1');
    await eventually(async () => await page.locator('.events > li').count() === 1);
    assert.match(await page.locator('.events > li').textContent(), /Norway.*Consult.*visit.*corrected/s);
    await page.reload();
    await eventually(async () => await page.locator('.events > li').count() === 1);
    assert.ok(await page.getByLabel('Accepted only').isChecked());
    await page.locator('.events a.who').click();
    await page.locator('.state .review-correct').waitFor();
    for (const left of ['accept', null]) {
      await page.getByRole('button', {name: 'Undo'}).click();
      if (left) await page.locator(`.state .review-${left}`).waitFor();
    }
    await page.locator('.state', {hasText: 'Nobody has reviewed'}).waitFor();
    await eventually(async () => await page.locator('.log > li').count() === 4);
    assert.equal(await page.getByRole('button', {name: 'Undo'}).count(), 0);
  },

  async 'statements and commitments are reviewed where they stand, by keyboard too'(page) {
    await open(page, '/reports/echo');
    await page.locator('.statement summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.statement .reviewbox').waitFor();
    await page.getByRole('button', {name: 'Reject'}).focus();
    await page.keyboard.press('Enter');
    await page.locator('.statement summary .review-reject').waitFor();
    await open(page, '/ledger?party=NOR');
    const card = page.locator('.card').first();
    await card.locator('summary').click();
    await card.getByRole('button', {name: 'Correct'}).click();
    await card.locator('[name=status]').selectOption('fulfilled');
    await card.getByRole('button', {name: 'Save'}).click();
    await card.locator('summary .review-correct').waitFor();
    await open(page, '/ledger?party=NOR&accepted=1');
    assert.deepEqual(await texts(page, '.column_fulfilled .card h3'), [await page.locator('.card h3').first().textContent()]);
    await open(page, '/reports/echo');
    assert.equal(await page.locator('.statement summary .review-reject').count(), 1);
  },

  async 'the licences are a page of their own'(page) {
    await open(page, '/network');
    await page.getByRole('link', {name: 'Licences'}).click();
    await page.waitForURL('**/licences');
    assert.match(await page.locator('body').textContent(), /Natural Earth.*public domain.*Redistribution and use/s);
    page.problems.length = 0;  // the browser asks for an icon by itself
  },

  async 'the network leads to its dyads'(page) {
    await open(page, '/network?from=2022-01-01&to=2022-12-31');
    assert.ok(await page.locator('.node').count() >= 4);
    assert.ok(await page.locator('line.tie').count() >= 3);
    await page.locator('tbody a').first().click();
    await page.locator('.chart').waitFor();
    assert.match(path(page), /from=2022-01-01&to=2022-12-31&party=[A-Z]{3}&party=[A-Z]{3}/);
    await open(page, '/network?from=1900-01-01&to=1900-12-31');
    await page.locator('.hint', {hasText: 'No two actors'}).waitFor();
  },

  async 'a map of what countries did leads to their events'(page) {
    await open(page, '/map');
    const row = page.locator('.figures tbody tr').first();
    const [events, ...quads] = (await row.locator('td').allTextContents()).slice(0, 5).map(Number);
    assert.equal(events, quads.reduce((sum, n) => sum + n, 0));
    assert.ok(await page.locator('.land').count() > 150);
    assert.equal(await page.locator('a > path.land').count(), 8);
    assert.equal(await page.locator('a > circle.land').count(), 1);  // Fiji, which is too small to be hit
    assert.match(await page.locator('.legend').textContent(), /Events1.*≥/);
    // The picture says the same as the table, and leads to the same place.
    const link = await row.locator('a').getAttribute('href');
    const title = page.locator(`svg a[href="${link}"] title`);
    assert.ok((await title.textContent()).includes(`${await row.locator('a').textContent()}: ${events} events`));
    await page.locator(`svg a[href="${link}"] path.land`).dispatchEvent('click');
    await page.waitForURL('**/events?party=*');
    await eventually(async () => (await texts(page, '.tools span'))[0] === `${events} events`);
  },

  async 'a map of places knows their other names, and says what it doesn’t know'(page) {
    await open(page, '/map?by=place');
    const tables = page.locator('table.figures');
    assert.deepEqual((await tables.first().locator('th[scope=row]').allTextContents()).sort(),
        ['Bern, Switzerland', 'Geneva, Switzerland', 'Jakarta, Indonesia', 'Lima, Peru', 'Nairobi, Kenya', 'Oslo, Norway']);
    assert.equal(await page.locator('svg .spot').count(), 6);
    // A country that is named as a place is no point.
    assert.ok((await tables.nth(1).locator('th[scope=row]').allTextContents()).includes('Fiji'));
    assert.match(await page.locator('.hint').first().textContent(), /^\d+ events with no place/);
    const row = page.locator('.figures tbody tr', {hasText: 'Geneva'});
    const events = Number(await row.locator('td').first().textContent());
    await row.locator('a').click();
    await page.waitForURL('**/events?place=Geneva');
    await eventually(async () => await page.locator('.events > li').count() === events);
    await page.locator('.events a.who').first().click();
    await page.locator('.eventpage').waitFor();
    await page.locator('.facts a', {hasText: /Geneva|Jenewa/}).click();
    await page.waitForURL(/\/events\?place=(Geneva|Jenewa)$/);
    await eventually(async () => await page.locator('.events > li').count() === events);
    await page.locator('.tools a', {hasText: 'Map'}).click();
    await page.waitForURL(/\/map\?place=/);
    await page.locator('.figures').waitFor();
    // A country has all its places.
    await open(page, '/events?place=CHE');
    assert.ok(await page.locator('.events > li').count() > events);
  },

  async 'the map’s filters, colours and part of the world are in the address'(page) {
    await open(page, '/map');
    await page.getByLabel('Colour by').selectOption('tone');
    await page.getByLabel('Category').selectOption('4');
    await page.fill('[name=from]', '2022-01-01');
    await page.locator('[name=party]').first().fill('per');
    await page.locator('.filter button').click();
    await page.waitForURL('**/map?colour=tone&party=PER&from=2022-01-01&quad=4');
    await page.locator('.flow').first().waitFor();
    assert.match(await page.locator('.legend').textContent(), /Mean Goldstein≤ −4/);
    await page.getByRole('button', {name: 'Zoom in'}).click();
    await page.waitForURL(/at=2\.00/);
    const moved = () => page.locator('.world > g').getAttribute('transform');
    const numbers = (transform) => (transform || '0 0 1').match(/-?[\d.]+/g).map(Number);
    const before = await moved();
    await page.reload();
    await page.locator('.world').waitFor();
    await eventually(async () => numbers(await moved()).every((n, i) => Math.abs(n - numbers(before)[i]) < 1));
    assert.equal(await page.locator('[name=from]').inputValue(), '2022-01-01');
    // The keyboard moves, zooms and goes back.
    await page.locator('.world').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(async () => await moved() !== before);
    await page.keyboard.press('+');
    await page.waitForURL(/at=4\.00/);
    await page.keyboard.press('0');
    await eventually(async () => !page.url().includes('at='));
    // The wheel alone scrolls the page.
    const whole = await moved();
    await page.locator('.world').hover();
    await page.mouse.wheel(0, 100);
    assert.equal(await moved(), whole);
    await open(page, '/map?from=1900-01-01&to=1900-12-31');
    await page.locator('.hint', {hasText: 'No event fits'}).waitFor();
    await open(page, '/map?at=x,y');
    await page.locator('.land').first().waitFor();
  },

  async 'reports are found by their day'(page) {
    await open(page, '/reports?from=2024-05-02&to=2024-05-02');
    assert.deepEqual(await texts(page, '.headline'), ['Leaders <b>meet</b> in Bern']);
  },

  async 'reads a pasted report and a file, and keeps neither'(page) {
    const report = 'BERN: Norway thanked Peru on Wednesday for its help after the storm.\n\n' +
        'Peru promised to send engineers to Norway by June.';
    await open(page, '/read');
    await page.fill('textarea', report);
    await page.fill('[name=date]', '2024-05-02');
    await page.locator('.readbox button').click();
    await page.locator('.result .text').waitFor();
    assert.match(await page.locator('.result .text').textContent(), /after the storm/);
    assert.match(await page.locator('.result h2.title').textContent(), /^BERN: Norway thanked Peru/);  // it has no title
    assert.ok(await page.locator('.result aside .event').count() >= 1);
    assert.equal(await page.locator('.result .text a').count(), 0);  // it has no pages to link to
    await page.setInputFiles('#file', {name: 'a.html', mimeType: 'text/html', buffer: Buffer.from(
        '<html lang=en><title>A storm</title><article><h1>A storm</h1><p>' + 'Chile accused Fiji of dumping waste at sea. '.repeat(4) + '</p></article>')});
    await page.locator('.result h2', {hasText: 'A storm'}).waitFor();
    await page.fill('textarea', ' ');
    await open(page, '/reports?q=storm');
    await page.locator('.hint', {hasText: 'No report fits'}).waitFor();
  },

  async 'comes back to where a list was left'(page) {
    await open(page, '/reports');
    await page.locator('.headline').nth(60).scrollIntoViewIfNeeded();
    const y = await page.evaluate(() => scrollY);
    assert.ok(y > 500);
    await page.locator('.headline').nth(60).click();
    await page.locator('.reading').waitFor();
    await eventually(async () => await page.evaluate(() => scrollY) === 0);
    await page.goBack();
    await page.locator('.headline').first().waitFor();
    await eventually(async () => Math.abs(await page.evaluate(() => scrollY) - y) < 5);
  },

  async 'an address of nothing says so'(page) {
    await open(page, '/reports/none');
    await page.locator('.hint', {hasText: 'no such article'}).waitFor();
    page.problems.length = 0;  // the browser reports the 404
  },

  async 'speaks Indonesian'(page) {
    await open(page, '/events?party=NOR');
    await page.getByLabel('Language').first().selectOption('id');
    await heading(page, 'Norwegia');
    assert.equal(await page.locator('html').getAttribute('lang'), 'id');
    assert.deepEqual(await texts(page, 'nav a'), ['Berita', 'Peristiwa', 'Buku janji', 'Jaringan', 'Peta', 'Baca']);
    await page.reload();
    await heading(page, 'Norwegia');
    await open(page, '/map?by=place');
    await heading(page, 'Peta');
    assert.ok((await texts(page, '.figures tbody th')).includes('Geneva, Swiss'));
    await open(page, '/ledger');
    await page.locator('.column_due h2', {hasText: 'Jatuh tempo'}).waitFor();
    await open(page, '/events?type=CONSULT&quad=1');
    await page.locator('.kind', {hasText: 'Berunding · bertemu'}).first().waitFor();
    await open(page, '/events?party=NOR');
    await page.getByLabel('Bahasa').first().selectOption('en');
    await heading(page, 'Norway');
  },

  async 'every view works at a phone’s width, by names and roles, in dark and light'(page) {
    await page.setViewportSize({width: 360, height: 640});
    const event = (await (await page.request.get(`${page.base}/api/events?party=PER&limit=1`)).json()).events[0];
    for (const theme of ['dark', 'light']) {
      await page.emulateMedia({colorScheme: theme});
      for (const address of ['/reports', '/reports/echo', '/events?party=NOR', `/events/${event.id}`, '/ledger', '/network', '/map', '/map?by=place', '/read']) {
        await open(page, address);
        if (await page.locator('details.review').count()) await page.locator('details.review summary').first().click();
        const correct = page.locator('.reviewbox button[aria-expanded]').first();
        if (/events\/|ledger|echo/.test(address)) {
          await correct.click();
          await page.locator('.correction').waitFor();
        }
        assert.ok(await fits(page), address);
        assert.equal(await page.locator('h1').count(), 1, address);
        const nameless = await page.evaluate(() => [...document.querySelectorAll('a, button, input, select, textarea, svg[role]')]
            .filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length))
            .map((one) => one.outerHTML));
        assert.deepEqual(nameless, [], address);
        assert.deepEqual(await page.evaluate(poorContrast), [], `${address}, ${theme}`);
      }
    }
    await page.emulateMedia({colorScheme: null});
    await page.setViewportSize({width: 1200, height: 800});
  },

  async 'goes everywhere by Tab and Enter'(page) {
    await open(page, '/reports');
    await page.keyboard.press('Tab');
    // The first stop after the headline's place is the form; the skip link leads back to it.
    await page.locator('a.skip').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
    await page.locator('nav a', {hasText: 'Network'}).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Network');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
    assert.equal(await page.locator('#announce').textContent(), 'Network');
  },
};

// Runs in the page: texts with less contrast than WCAG AA asks (4.5, or 3 where they are large).
function poorContrast() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
      .map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] === undefined || colour[3] > .99) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.querySelectorAll('#app *:not(option):not(svg *)')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(channels(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) poor.add(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...poor];
}

async function main() {
  const failed = await withServer(kronik, store, async (browser, url) => {
    // One page for all: a new one costs a second.
    const page = await browser.newPage({viewport: {width: 1200, height: 800}, locale: 'en-US'});
    page.base = url;
    page.problems = [];
    page.setDefaultTimeout(30000);
    page.on('pageerror', (error) => page.problems.push(error.message));
    page.on('console', (line) => line.type() === 'error' && page.problems.push(line.text()));
    page.on('request', (request) =>
      request.url().startsWith(`${url}/`) || /^(data|about):/.test(request.url()) ||
          page.problems.push(`asks ${request.url()}`));
    let count = 0;
    for (const [name, test] of Object.entries(CASES)) {
      try {
        await page.goto('about:blank');
        page.problems.length = 0;
        await test(page);
        assert.deepEqual(page.problems, []);
        console.log(`ok: ${name}`);
      } catch (error) {
        ++count;
        console.log(`FAILED: ${name}\n${error.stack}`);
      }
    }
    return count;
  });
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
