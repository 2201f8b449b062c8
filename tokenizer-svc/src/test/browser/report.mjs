// A dataset's report in a browser. ReportPageIT starts this. Arguments: the file of the page, and a folder for pictures.

import assert from 'node:assert/strict';
import {pathToFileURL} from 'node:url';
import {complaints, find, launch} from '../../../../edge/src/test/browser/browser.mjs';

const [file, pictures] = process.argv.slice(2);
const browser = await launch(find());
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 860}, colorScheme: 'light'});
  const heard = await complaints(page);
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);

  // It needs nothing but itself, and what comes from strangers is text.
  assert.equal(asked.length, 1, asked.join(', '));
  assert.equal(await page.locator('img, script, iframe, main b:not(.facts b), i').count(), 0);
  assert.equal(await page.locator('h1').textContent(), 'shown');
  assert.equal(await page.locator('td.path').first().textContent(), '/texts/<img src=x onerror=alert(1)>&"\'.zip');
  assert.deepEqual(await page.locator('.reasons td:first-child span').allTextContents(), ['duplicate', 'mine/<i>rule</i>']);

  // Figures, and tokens as they are seen.
  const figures = await page.locator('.figures dd:not(.of)').allTextContents();
  assert.deepEqual(figures, ['1\u2009234\u2009567', '1\u2009012', '4\u2009000\u2009000', '60.0', '3.24', '75.00\u2009%']);
  assert.deepEqual(await page.locator('.token').allTextContents(), ['·the', '</script>', '⏎⇥', 'e2 96', '<s>', '\\x1b']);
  assert.deepEqual(await page.locator('.token.part').allTextContents(), ['e2 96']);
  assert.deepEqual(await page.locator('.token.special').allTextContents(), ['<s>']);

  // The longest bar fills its cell, and bars are as long as their shares.
  const bars = await page.locator('.bar').evaluateAll(all => all.map(bar => bar.getBoundingClientRect().width));
  const room = await page.locator('.bar').first().evaluate(bar => parseFloat(getComputedStyle(bar.parentElement).width) - 20);
  assert.deepEqual(bars.map(bar => Math.round(100 * bar / room)), [15, 60, 100, 25]);

  // Pictures, for people; the page must not scroll sideways anywhere.
  for (const [name, width, colorScheme] of [['light', 1280, 'light'], ['dark', 1280, 'dark'], ['narrow', 390, 'light'], ['narrow-dark', 390, 'dark']]) {
    await page.setViewportSize({width, height: 860});
    await page.emulateMedia({colorScheme});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
    await page.screenshot({path: `${pictures}/report-${name}.png`, fullPage: true});
  }
  assert.deepEqual(heard, []);
} finally {
  await browser.close();
}
process.exit(0);
