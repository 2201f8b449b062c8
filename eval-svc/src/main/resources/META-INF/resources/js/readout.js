// What the curves are worth under the cursor, or at their ends: also the legend of the plate.

import {ACROSS} from './axes.js';
import {decimal} from './format.js';

export class Readout {
  constructor(box) {
    this.box = box;
    this.where = document.createElement('span');
    this.where.className = 'where';
    this.list = document.createElement('span');
    this.list.className = 'lines';
    box.append(this.where, this.list);
  }

  /** @param index of the plate's data, or null */
  show(plate, view, index) {
    const xs = plate.data?.[0] ?? [];
    if (!xs.length) {
      this.where.textContent = 'waiting for the first step';
      this.list.replaceChildren();
      return;
    }
    this.where.textContent = index == null ? 'latest' : ACROSS[view.x].say(xs[index]);
    const lines = [];
    plate.series.forEach((series, i) => {
      const found = series.raw ? null : plate.at(i, index ?? xs.length - 1);
      if (found) lines.push(this.#line(series, found.value, plate.series));
    });
    this.list.replaceChildren(...lines);
  }

  #line(series, value, all) {
    const line = document.createElement('span');
    line.className = series.kind === 'held out' ? 'line ring' : 'line';
    line.style.setProperty('--run', series.stroke);
    const several = new Set(all.map(one => one.run.uid)).size > 1;
    const name = document.createElement('span');
    name.textContent = [...(several ? [series.run.name] : []), series.kind, ...(series.smoothed ? ['smoothed'] : [])].join(', ');
    const figure = document.createElement('b');
    figure.textContent = decimal(value, 4);
    line.append(name, figure);
    return line;
  }
}
