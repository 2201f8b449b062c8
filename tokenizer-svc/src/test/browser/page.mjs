// The page in a browser. PageIT starts this. Arguments: the service's address, a folder for pictures, the name of a
// stored tokenizer and the path of another's file; "the" is a token of both.

import assert from 'node:assert/strict';
import {complaints, find, launch} from '../../../../edge/src/test/browser/browser.mjs';

const [address, pictures, stored, file] = process.argv.slice(2);
const browser = await launch(find());
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 860}, colorScheme: 'light'});
  page.setDefaultTimeout(60_000);
  // A question that is refused is an error to the console, and so is one that finds no service.
  const heard = await complaints(page, text => text.startsWith('Failed to load resource'));
  await page.goto(address);
  const [left, right] = [page.locator('.side').nth(0), page.locator('.side').nth(1)];
  const sample = await page.inputValue('#text');

  /** Types a text anew, and waits until a side has so many bytes of it. */
  async function type(text) {
    await page.fill('#text', text);
    await has(left, 'bytes', Buffer.byteLength(text));
    await has(right, 'bytes', Buffer.byteLength(text));
  }
  const has = async (side, figure, number) => side.locator(`[data-figure=${figure}]`, {hasText: new RegExp(`^${number.toString().replace(/\B(?=(\d{3})+$)/g, '\\u2009')}$`)}).waitFor();
  const column = (side, cell) => side.locator(`tbody td:nth-child(${cell})`).allTextContents();
  const words = side => side.locator('.flow .token').allTextContents();

  // Two tokenizers, one stored and one by its path.
  await page.waitForSelector('#status[data-state=live], .hint:not([hidden])');
  await left.locator('select').selectOption(stored);
  await right.locator('select').selectOption({label: 'a file …'});
  await right.locator('.path input').fill(file);
  await type('the é');
  assert.deepEqual(await words(left), ['the', ' ', 'c3', 'a9']);
  assert.deepEqual(await column(left, 3), ['257', '32', '195', '169']);
  assert.deepEqual(await column(left, 4), ['74 68 65', '20', 'c3', 'a9']);
  assert.deepEqual(await column(left, 5), ['0–3', '3–4', '4–5', '5–6']);
  assert.equal((await words(right))[0], 'the');
  assert.equal((await column(right, 5))[0], '0–3');
  assert.equal(await left.locator('[data-figure=tokens]').textContent(), '4');
  assert.equal(await left.locator('[data-figure=characters]').textContent(), '5');
  assert.equal(await left.locator('[data-figure=ratio]').textContent(), '1.50');
  assert.match(await left.locator('.facts').textContent(), /^bpe of 262 tokens/);

  // What is pointed at tells of itself, and shows the same stretch on the other side; by mouse and by keyboard.
  await left.locator('.flow .token').first().hover();
  await left.locator('.flow .token.chosen', {hasText: 'the'}).waitFor();
  assert.match(await left.locator('.pointed').textContent(), /id 257.*bytes 74 68 65.*at 0–3/);
  assert.deepEqual(await right.locator('.flow .token.same').allTextContents(), ['the']);
  await page.locator('#text').hover();
  assert.equal(await page.locator('.token.same, .token.chosen').count(), 0);
  await right.locator('.flow .token').first().focus();
  await left.locator('.flow .token.same', {hasText: 'the'}).waitFor();
  await page.keyboard.press('End');
  assert.equal(await left.locator('.flow .token.same').count() > 0, true);
  await page.keyboard.press('Home');
  assert.match(await right.locator('.pointed').textContent(), /^No. 0id/);
  assert.match(await right.locator('.flow .token').first().getAttribute('aria-label'), /^the, id \d+, bytes 74 68 65, place 0–3$/);

  // Special tokens, and blanks that are seen.
  await type('a<s> <mask>');
  assert.deepEqual((await words(left)).join(''), 'a<s> <mask>');
  assert.equal(await left.locator('.flow .token.special').count(), 0);
  await page.locator('[name=allowSpecial]').check({force: true});
  await has(left, 'tokens', 3);
  assert.deepEqual(await words(left), ['a', '<s>', '<mask>']);
  await page.locator('[name=addSpecial]').check({force: true});
  await has(left, 'tokens', 5);
  assert.deepEqual(await column(left, 5), ['0', '0–1', '1–4', '4–11', '11']);
  await page.locator('[name=marks]').check({force: true});
  await type('the the\n');
  await left.locator('.flow .token', {hasText: '·'}).waitFor();
  assert.deepEqual(await words(left), ['<s>', 'the', '·', 'the', '⏎\n', '</s>']);

  // A reload shows the same.
  await page.reload();
  await type('the the\n');
  assert.equal(await left.locator('select').inputValue(), stored);
  assert.equal(await right.locator('.path input').inputValue(), file);
  await left.locator('.flow .token', {hasText: '·'}).waitFor();
  for (const toggle of ['allowSpecial', 'addSpecial', 'marks']) await page.locator(`[name=${toggle}]`).uncheck({force: true});

  // A path that leads nowhere says so, and harms nothing else.
  await right.locator('.path input').fill('/no/such.gguf');
  await right.locator('.refused', {hasText: '/no/such.gguf'}).waitFor();
  assert.equal(await right.locator('.answer').isVisible(), false);
  assert.equal(await left.locator('.answer').isVisible(), true);
  await right.locator('.path input').fill(file);
  await has(right, 'bytes', 8);

  // Text that is markup is text; text that has no UTF-8 form is refused with its place.
  await type('<img src=x onerror=alert(1)><b>bold</b>');
  assert.equal(await page.locator('main img, main b:not(.pointed b)').count(), 0);
  await page.evaluate(() => {
    document.querySelector('#text').value = 'ab\ud800';
    document.querySelector('#text').dispatchEvent(new Event('input'));
  });
  await left.locator('.refused', {hasText: 'lone surrogate U+D800 at offset 2'}).waitFor();

  // The last answer wins, however late an earlier one comes.
  let held;
  await page.route('**/api/tokens', async route => {
    if (route.request().postDataJSON().text === 'early') await new Promise(release => held = release);
    await route.continue().catch(() => {});
  });
  await page.fill('#text', 'early');
  while (!held) await page.waitForTimeout(10);
  await type('the later one');
  held();
  await page.waitForTimeout(200);
  assert.equal((await words(left)).join(''), 'the later one');
  await page.unroute('**/api/tokens');

  // Typed key by key, the end is what counts.
  await page.fill('#text', '');
  await page.locator('#text').pressSequentially('the smith, the iron', {delay: 5});
  await has(left, 'bytes', 19);
  assert.equal((await words(left)).join(''), 'the smith, the iron');

  // Pointing shows a row of the table that is out of sight, clear of its head, on both sides.
  await type('the '.repeat(100));
  await left.locator('.flow .token').last().hover();
  for (const row of [left.locator('tr.chosen'), right.locator('tr.same')]) {
    await row.waitFor();
    assert.ok(await row.evaluate(row => {
      const [table, head, own] = [row.closest('.ledger'), row.closest('table').tHead, row].map(part => part.getBoundingClientRect());
      return own.top >= head.bottom - 1 && own.bottom <= table.bottom + 1;
    }));
  }

  // A service that is away, and comes back.
  await page.route('**/api/tokens', route => route.abort());
  await page.fill('#text', 'away');
  await page.waitForSelector('#status[data-state=reconnecting]');
  await page.unroute('**/api/tokens');
  await page.waitForSelector('#status[data-state=live]');
  await has(left, 'bytes', 4);

  // A megabyte is counted, and its beginning is shown; more is not even asked about. The page stays quick.
  await type('the '.repeat(1 << 18));
  await has(left, 'tokens', 1 << 19);
  assert.match(await left.locator('.cut').textContent(), /^The first 1\u2009000 of 524\u2009288 tokens/);
  assert.equal(await left.locator('.flow .token').count(), 1_000);
  let questions = 0;
  page.on('request', request => questions += request.url().endsWith('/api/tokens') ? 1 : 0);
  await page.fill('#text', 'the '.repeat(1 << 18) + 'x');
  await page.locator('#too-long', {hasText: '1\u2009048\u2009576 bytes'}).waitFor();
  await page.waitForTimeout(200);
  assert.equal(questions, 0);
  await type('the');
  assert.equal(await page.textContent('#too-long'), '');

  // Where nothing is stored, the page says how to go on.
  const empty = await browser.newPage();
  await empty.route('**/api/tokenizers', route => route.fulfill({json: {tokenizers: [], longestText: 1_000}}));
  await empty.goto(address);
  await empty.locator('.hint', {hasText: './wrought tokenizer train'}).first().waitFor();
  assert.equal(await empty.locator('.path input').first().isVisible(), true);
  await empty.close();

  // Pictures, for people; the page must not scroll sideways anywhere, and ink must be read on every tint.
  await page.fill('#text', sample);
  await has(right, 'bytes', Buffer.byteLength(sample));
  for (const [name, width, height, colorScheme] of [['light', 1280, 860, 'light'], ['dark', 1280, 860, 'dark'], ['narrow', 390, 844, 'light']]) {
    await page.setViewportSize({width, height});
    await page.emulateMedia({colorScheme});
    await page.waitForTimeout(100);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
    assert.ok(await page.evaluate(leastContrast) >= 7, `${name}: too little contrast`);
    await page.screenshot({path: `${pictures}/${name}.png`, fullPage: name === 'narrow'});
  }
  assert.deepEqual(heard, []);
} finally {
  await browser.close();
}
process.exit(0);

/** The least contrast of tokens' ink on what is behind it (WCAG 2.2, 1.4.6 asks for 7). */
function leastContrast() {
  const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const luminance = colours => {
    for (const colour of colours) {
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const sheet = getComputedStyle(document.querySelector('.flow')).backgroundColor;
  return Math.min(...[...document.querySelectorAll('.flow .token')].map(token => {
    const {color, backgroundColor} = getComputedStyle(token);
    const [ink, ground] = [luminance([sheet, backgroundColor, color]), luminance([sheet, backgroundColor])];
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  }));
}
