// The page in a browser. PageIT starts this, and does what each stage asks for between a line that is written here
// and the line that it answers. Arguments: the service's address, a folder for pictures, the browser.

import assert from 'node:assert/strict';
import {createInterface} from 'node:readline';
import {complaints, launch} from '../../../../edge/src/test/browser/browser.mjs';

const [address, pictures, executablePath] = process.argv.slice(2);
const RUN = '0198-page-one', MARKED = '0198-page-two';
const answers = createInterface({input: process.stdin})[Symbol.asyncIterator]();
let serviceIsDown = false;

/** Asks PageIT for something, and returns when it is done. */
async function ask(what) {
  console.log('ASK ' + what);
  const {value} = await answers.next();
  assert.equal(value, 'done');
}

const steps = (page, uid) => page.evaluate(async uid => {
  const {live} = await import('/js/main.js');
  return live.curves.get(uid)?.of('loss').step ?? [];
}, uid);

const hasStep = (page, step) => page.waitForFunction(
  step => document.querySelector('.reading')?.textContent.replace(/\D/g, '') === String(step), step, {timeout: 60_000});

const hasStatus = (page, state) => page.waitForSelector(`#status[data-state="${state}"]`, {timeout: 60_000});

/** Points at the plate, so far across, until what it says there is as wanted: one that is just drawn anew forgets the pointer. */
async function point(page, across, wanted) {
  for (let attempt = 0; ; attempt++) {
    try {
      const box = await page.locator('#loss .u-over').boundingBox();
      assert.ok(box, 'the plate is not there');
      await page.mouse.move(box.x + box.width * across, box.y + box.height / 2 + attempt % 2);
      await page.waitForFunction(source => new RegExp(source).test(document.querySelector('.where').textContent), wanted.source, {timeout: 2_000});
      return;
    } catch (error) {
      if (attempt === 30) throw error;
      await page.waitForTimeout(100);
    }
  }
}

const numbers = (first, last) => Array.from({length: last - first + 1}, (_, i) => first + i);

const browser = await launch(executablePath);
try {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}, colorScheme: 'light'});
  page.setDefaultTimeout(60_000);
  const heard = await complaints(page, text => serviceIsDown && text.includes('net::ERR_'));

  // Nothing has happened so far.
  await page.goto(address);
  await page.waitForSelector('#empty:not([hidden])');
  assert.match(await page.textContent('#empty'), /wrought train/);
  await hasStatus(page, 'live');
  await page.screenshot({path: `${pictures}/empty.png`});

  // The first steps come, and the page that was open shows them.
  await ask('steps to 60');
  await hasStep(page, 60);
  assert.equal(await page.textContent('#run-name'), 'page-run');
  await page.waitForSelector('#loss canvas');
  assert.deepEqual(await steps(page, RUN), numbers(1, 60));
  assert.match(await page.textContent('#readout'), /training, smoothed/);
  const ticks = await page.evaluate(async () => {
    const {xAxis} = await import('/js/axes.js');
    return [xAxis('step').incrs[0], xAxis('tokens').incrs[0], xAxis('step', {log: true}).splits(null, 0, 1, 9)];
  });
  assert.deepEqual(ticks, [1, 1, numbers(1, 9)], 'no tick at half a step');
  const before = await page.locator('#loss canvas').screenshot();

  // The curve moves without a reload.
  await ask('steps to 200');
  await hasStep(page, 200);
  assert.deepEqual(await steps(page, RUN), numbers(1, 200));
  await page.waitForTimeout(100);
  assert.notDeepEqual(before, await page.locator('#loss canvas').screenshot(), 'the curve has not moved');

  // W3: the service is killed, events go on, the service comes back.
  serviceIsDown = true;
  await ask('kill');
  await hasStatus(page, 'reconnecting');
  await ask('steps to 260');
  await ask('restart');
  await hasStep(page, 260);
  await hasStatus(page, 'live');
  serviceIsDown = false;
  assert.deepEqual(await steps(page, RUN), numbers(1, 260));

  // W1: a run whose name is markup is a name.
  await ask('a run with a name of markup');
  const row = page.locator('#runs tr', {hasText: '<img'});
  await row.waitFor();
  assert.equal(await page.locator('#runs img, #runs script, #runs b').count(), 0);
  await row.locator('button').click();
  await page.waitForFunction(() => document.querySelector('#run-name').textContent.startsWith('<img'));
  assert.match(await page.title(), /^<img/);
  await page.waitForFunction(uid => document.querySelector('#csv').getAttribute('href').includes(uid), MARKED);

  // Two runs on one plate; what the cursor says, by mouse and by keyboard; the axes.
  await page.locator('#runs tr', {hasText: 'page-run'}).locator('input').check();
  await page.waitForFunction(() => document.querySelectorAll('#readout .line').length >= 3);
  await point(page, 1 / 2, /^step /);
  await page.locator('#loss').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('.where').textContent === 'step 1');
  for (const [control, tick] of [['[name=x][value=tokens]', /tokens$/], ['[name=x][value=time]', /^after/], ['[name=logX]', /^after/], ['[name=logY]', /^after/]]) {
    await page.locator(control).check({force: true});
    await point(page, 1 / 3, tick);
  }
  assert.match(page.url(), /x=time/);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('#readout .line').length >= 3);
  assert.ok(await page.locator('[name=logY]').isChecked(), 'a reload shows the same');

  // Pictures, for people; the page must not scroll sideways anywhere.
  await page.goto(`${address}/#run=${RUN}`);
  for (const [name, width, height, colorScheme] of [['desktop', 1440, 900, 'light'], ['dark', 1440, 900, 'dark'], ['narrow', 390, 844, 'light'], ['tablet', 820, 1180, 'dark']]) {
    await page.setViewportSize({width, height});
    await page.emulateMedia({colorScheme});
    await page.waitForTimeout(300);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
    await page.screenshot({path: `${pictures}/${name}.png`, fullPage: name === 'narrow'});
  }
  assert.deepEqual(heard, []);
} finally {
  await browser.close();
}
process.exit(0);
