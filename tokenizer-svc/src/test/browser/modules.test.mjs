// The page's modules that need no page. PageModulesTest runs this with node --test.

import assert from 'node:assert/strict';
import test from 'node:test';
import {place, spaced, tokensOf, touching, utf8Length, written} from '../../main/resources/META-INF/resources/js/tokens.js';

const token = (bytes, special = false) => ({bytes: Buffer.from(bytes).toString('hex'), special});

test('written, of whole characters, is text; of a part of one, its bytes; of a special token, its name', () => {
  assert.deepEqual(written(token(' é🔥')), {kind: 'text', text: ' é🔥'});
  assert.deepEqual(written(token([0xf0, 0x9f])), {kind: 'part', text: 'f0 9f'});
  assert.deepEqual(written(token('<s>', true)), {kind: 'special', text: '<s>'});
  assert.deepEqual(written(token('\ufeff')).text, '\ufeff', 'a byte order mark is a character');
  assert.deepEqual(written(token('')), {kind: 'text', text: ''});
});

test('written, marked, shows blanks; line ends and control characters are always seen', () => {
  assert.equal(written(token(' a\tb\u00a0\n'), true).text, '·a→b⍽⏎\n');
  assert.equal(written(token(' a\tb\n')).text, ' a\tb⏎\n');
  assert.equal(written(token('\0\r\x1b\x7f')).text, '␀␍␛␡');
});

test('tokensOf, of columns, is a list; touching finds what shares a byte', () => {
  const tokens = tokensOf({id: [1, 2, 3, 4], start: [0, 0, 3, 5], end: [0, 3, 5, 9], bytes: ['', '61', '62', '63'], special: [true, false, false, false]});
  assert.deepEqual(tokens[1], {index: 1, id: 2, start: 0, end: 3, bytes: '61', special: false});
  const found = (start, end) => touching(tokens, {start, end}).map(each => each.id);
  assert.deepEqual(found(0, 3), [2]);
  assert.deepEqual(found(2, 6), [2, 3, 4]);
  assert.deepEqual(found(3, 3), [], 'what comes from nowhere is nowhere else');
});

test('bytes and places are written as people read them', () => {
  assert.equal(spaced('206361'), '20 63 61');
  assert.equal(spaced(''), '');
  assert.equal(place({start: 3, end: 7}), '3–7');
  assert.equal(place({start: 7, end: 7}), '7');
  assert.equal(utf8Length('aé鉄🔥'), 10);
});
