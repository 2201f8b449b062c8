// The curves of one run, kept in columns sorted by step. Of a step that was measured by several starts of a run,
// the highest epoch's point stays; the same point may be given any number of times.

const COLUMNS = ['step', 'epoch', 'tokens', 'time', 'value'];

export class Curve {
  constructor() {
    for (const column of COLUMNS) this[column] = [];
  }

  get length() {
    return this.step.length;
  }

  /** Adds points in any order; returns whether anything changed. */
  add(points) {
    let changed = false;
    for (let i = 0; i < points.step.length; i++) changed = this.#put(points, i) || changed;
    return changed;
  }

  #put(points, i) {
    const at = this.#place(points.step[i]);
    if (this.step[at] !== points.step[i]) {
      for (const column of COLUMNS) this[column].splice(at, 0, points[column][i]);
      return true;
    }
    if (points.epoch[i] <= this.epoch[at]) return false;
    for (const column of COLUMNS) this[column][at] = points[column][i];
    return true;
  }

  /** The index of the first point at this step or to the right of it: mostly the end. */
  #place(step) {
    let low = 0, high = this.step.length;
    if (high === 0 || this.step[high - 1] < step) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.step[middle] < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export class Curves {
  #byMetric = new Map();

  /** @param byMetric {metric: columns}, as the service gives them */
  constructor(byMetric = {}) {
    this.add(byMetric);
  }

  of(metric) {
    if (!this.#byMetric.has(metric)) this.#byMetric.set(metric, new Curve());
    return this.#byMetric.get(metric);
  }

  add(byMetric) {
    let changed = false;
    for (const [metric, points] of Object.entries(byMetric)) changed = this.of(metric).add(points) || changed;
    return changed;
  }

  /** When the first point was measured: the zero of the time axis. */
  get begin() {
    let begin = Infinity;
    for (const curve of this.#byMetric.values()) for (const time of curve.time) begin = Math.min(begin, time);
    return begin;
  }

  /** How many points are held. */
  get size() {
    let size = 0;
    for (const curve of this.#byMetric.values()) size = Math.max(size, curve.length);
    return size;
  }
}

/**
 * A moving average that looks back over about so many steps, whatever the distance between points: each point's
 * weight falls by e over that many. Early, where a loss falls steeply, it looks back over a twentieth of the steps
 * so far only, and would lag behind otherwise.
 */
export function smoothed(curve, steps) {
  if (steps <= 0) return curve.value;
  const result = new Array(curve.length);
  let sum = 0, weight = 0;
  for (let i = 0; i < curve.length; i++) {
    const back = Math.min(steps, curve.step[i] / 20);
    const fade = i === 0 || back === 0 ? 0 : Math.exp(-(curve.step[i] - curve.step[i - 1]) / back);
    sum = sum * fade + curve.value[i];
    weight = weight * fade + 1;
    result[i] = sum / weight;
  }
  return result;
}
