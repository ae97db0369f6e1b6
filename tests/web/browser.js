// What the test and the screenshots share: a server over a chronicle, and a browser.
'use strict';

const {spawn} = require('node:child_process');
const net = require('node:net');
const {chromium} = require('playwright-core');

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
  throw new Error(`nothing answers at ${url}`);
}

// Calls `work(browser, url)` while `kronik serve` runs, and ends both whatever happens.
async function withServer(kronik, store, work) {
  const port = await freePort();
  const server = spawn(kronik, ['serve', '--store', store, '--port', String(port)],
      {stdio: ['ignore', 'inherit', 'inherit']});
  const url = `http://127.0.0.1:${port}`;
  let browser;
  try {
    await until(url);
    browser = await chromium.launch({
      executablePath: process.env.KRONIK_BROWSER,
      args: ['--no-sandbox', '--headless', '--disable-gpu'],
    });
    return await work(browser, url);
  } finally {
    if (browser) await browser.close();
    server.kill();
  }
}

module.exports = {withServer};
