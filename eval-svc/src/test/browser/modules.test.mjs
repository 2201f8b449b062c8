// The page's modules that need no page. PageModulesTest runs this with node --test.

import assert from 'node:assert/strict';
import test from 'node:test';
import {Curve, Curves, smoothed} from '../../main/resources/META-INF/resources/js/curves.js';
import {ago, count, decimal, duration, short, small} from '../../../../edge/src/main/resources/META-INF/resources/js/format.js';

const points = (steps, epoch = 1, value = step => step) => ({
  step: steps, epoch: steps.map(() => epoch), tokens: steps.map(step => 10 * step), time: steps.map(step => 100 * step), value: steps.map(value),
});

test('add, of points in any order and any number of times, keeps each step once', () => {
  const curve = new Curve();
  assert.ok(curve.add(points([5, 1, 3])));
  assert.ok(!curve.add(points([3, 5])));
  assert.ok(curve.add(points([2, 4])));
  assert.deepEqual(curve.step, [1, 2, 3, 4, 5]);
  assert.deepEqual(curve.value, [1, 2, 3, 4, 5]);
});

test('add, of a resumed run, lets the highest epoch win and never an older one', () => {
  const curve = new Curve();
  curve.add(points([1, 2, 3], 1));
  curve.add(points([2, 3], 2, step => 100 + step));
  assert.ok(!curve.add(points([2, 3], 1)));
  assert.deepEqual(curve.value, [1, 102, 103]);
  assert.deepEqual(curve.epoch, [1, 2, 2]);
});

test('curves, of several metrics, know when they began', () => {
  const curves = new Curves({loss: points([4, 5]), validation_loss: points([3])});
  assert.equal(curves.begin, 300);
  assert.equal(curves.size, 2);
  assert.equal(curves.of('perplexity').length, 0);
});

test('smoothed, of a constant, is that constant; of noise, is calmer; over nothing, is the curve itself', () => {
  const curve = new Curve();
  const steps = Array.from({length: 500}, (_, i) => i + 1);
  curve.add(points(steps, 1, () => 7));
  assert.ok(smoothed(curve, 50).every(value => Math.abs(value - 7) < 1e-12));
  const noise = new Curve();
  noise.add(points(steps, 1, step => step % 2 === 0 ? 1 : -1));
  assert.ok(smoothed(noise, 50).slice(300).every(value => Math.abs(value) < 0.05));
  assert.equal(smoothed(noise, 0), noise.value);
});

test('smoothed, of every second point, is about what it is of all: steps count, not points', () => {
  const all = new Curve(), half = new Curve();
  const steps = Array.from({length: 1000}, (_, i) => i + 1);
  all.add(points(steps, 1, step => 1000 - step));
  half.add(points(steps.filter(step => step % 2 === 0), 1, step => 1000 - step));
  assert.ok(Math.abs(smoothed(all, 40).at(-1) - smoothed(half, 40).at(-1)) < 1);
});

test('numbers are written as people read them', () => {
  assert.equal(count(1234567), '1\u2009234\u2009567');
  assert.equal(count(999), '999');
  assert.equal(decimal(-1.23456), '−1.235');
  assert.equal(decimal(undefined), '–');
  assert.equal(short(13_900_000), '13.9\u2009M');
  assert.equal(short(512), '512');
  assert.equal(short(20_000), '20\u2009k');
  assert.equal(small(0.0003), '3.0·10⁻⁴');
  assert.equal(duration(42), '42\u2009s');
  assert.equal(duration(3 * 3600 + 300), '3\u2009h\u200905');
  assert.equal(ago(1000, 2000), 'now');
});
