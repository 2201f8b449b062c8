// The horizontal axis in its three meanings, and what all charts have in common.

import {css} from './palette.js';
import {count, duration, short, small} from './format.js';

/** Between ticks of what is counted: there is no half a step. */
const WHOLE_STEPS = Array.from({length: 16}, (_, power) => [1, 2, 5].map(digit => digit * 10 ** power)).flat();
const TIME_STEPS = [0.1, 0.5, 1, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];

export const ACROSS = {
  step: {
    of: curve => curve.step,
    tick: value => count(value),
    say: value => 'step ' + count(value),
    steps: WHOLE_STEPS,
  },
  tokens: {
    of: curve => curve.tokens,
    tick: value => short(value),
    say: value => short(value) + ' tokens',
    steps: WHOLE_STEPS,
  },
  time: {
    of: (curve, begin) => curve.time.map(time => (time - begin) / 1000),
    tick: value => duration(value),
    say: value => 'after ' + duration(value),
    steps: TIME_STEPS,
  },
};

export const FONT = '"Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif';

/** Pairs in the order of x; a time axis of a run that was resumed needs it. Log axes take what is above zero. */
export function ordered(x, ys, log) {
  let order = null;
  for (let i = 1; i < x.length; i++) {
    if (x[i] < x[i - 1]) {
      order = [...x.keys()].sort((a, b) => x[a] - x[b]);
      break;
    }
  }
  if (!order && !(log && x.length > 0 && x[0] <= 0)) return [x, ...ys];
  order ??= [...x.keys()];
  if (log) order = order.filter(i => x[i] > 0);
  return [x, ...ys].map(column => order.map(i => column[i]));
}

export function xAxis(across, options = {}) {
  return axis({
    scale: 'x',
    size: 30,
    space: 76,
    values: (_, splits) => splits.map(value => value == null ? '' : ACROSS[across].tick(value)),
    ...(options.log ? logTicks(across === 'time' ? () => true : Number.isInteger) : {incrs: ACROSS[across].steps}),
    ...options.axis,
  });
}

export function yAxis(options = {}) {
  return axis({
    scale: 'y',
    size: options.size ?? 52,
    space: options.space ?? 44,
    values: (_, splits) => labels(splits),
    ...(options.log ? logTicks(() => true) : {}),
  });
}

function axis(own) {
  return {
    stroke: css('--ink-2'),
    font: `12px ${FONT}`,
    gap: 6,
    grid: {stroke: css('--grid'), width: 1},
    ticks: {show: false},
    ...own,
  };
}

/** All labels of an axis with the decimals that the closest two need. */
function labels(splits) {
  const values = splits.filter(value => value != null);
  if (values.some(value => Math.abs(value) >= 1000)) return splits.map(value => value == null ? '' : short(value));
  if (values.some(value => value !== 0 && Math.abs(value) < 1e-3)) return splits.map(value => value == null ? '' : small(value));
  const digits = Math.max(0, ...values.map(value => (String(Number(value.toPrecision(6))).split('.')[1] ?? '').length));
  return splits.map(value => value == null ? '' : value.toFixed(Math.min(4, digits)));
}

/** Ticks of a logarithmic axis over any range: as many of 1, 2, 5, or of all digits, as there is room for, of those that may be. */
function logTicks(allowed) {
  return {
    splits: (chart, _, min, max) => ticks(min, max, allowed),
    filter: (_, splits) => splits,
  };
}

export function ticks(min, max, allowed = () => true) {
  if (!(min > 0) || !(max > min)) return [];
  for (const digits of [[1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5], [1, 3], [1]]) {
    const found = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
      for (const digit of digits) {
        const value = Number((digit * 10 ** power).toPrecision(3));
        if (value >= min && value <= max && allowed(value)) found.push(value);
      }
    }
    if (found.length <= 9) return found;
  }
  return [];
}

/** The range of a scale: a little more than the data, also where uPlot would fill up whole decades. */
export function range(log) {
  return (_, min, max) => {
    if (min == null || max == null) return log ? [1, 10] : [0, 1];
    if (log) {
      const room = Math.max(1.02, (max / min) ** 0.04);
      return [min / room, max * room];
    }
    const room = (max - min || Math.abs(max) || 1) * 0.06;
    return [min - room, max + room];
  };
}

export const xRange = (_, min, max) => min == null ? [0, 1] : max > min ? [min, max] : [min, min + 1];
