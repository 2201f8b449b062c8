// The small curves under the large one, on the same horizontal axis: what the optimizer and the machine did.

import uPlot from '../uplot/uPlot.esm.js';
import {ACROSS, ordered, range, xAxis, xRange, yAxis} from './axes.js';
import {smoothed} from './curves.js';
import {css, faint} from './palette.js';
import {short, small} from './format.js';
import {stepsOf} from './view.js';

/** A further small curve is a line here: the metric's name in the service, its title, how a value is written. */
const STRIPS = [
  {metric: 'learning_rate', title: 'Learning rate', write: small},
  {metric: 'gradient_norm', title: 'Gradient norm', write: small, rough: true},
  {metric: 'tokens_per_second', title: 'Tokens per second', write: short, rough: true},
];

export class Strips {
  constructor(box) {
    this.strips = STRIPS.map(strip => new Strip(box, strip));
  }

  draw(runs, view) {
    for (const strip of this.strips) strip.draw(runs, view);
  }

  /** Shows this part of the horizontal axis. */
  zoom(whole, min, max) {
    for (const strip of this.strips) strip.zoom(whole, min, max);
  }

  renew() {
    for (const strip of this.strips) strip.shape = '';
  }
}

class Strip {
  constructor(box, strip) {
    this.strip = strip;
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const title = document.createElement('span');
    title.textContent = strip.title;
    this.reading = document.createElement('output');
    caption.append(title, this.reading);
    this.canvas = document.createElement('div');
    this.canvas.className = 'canvas';
    figure.append(caption, this.canvas);
    box.append(figure);
    this.shape = '';
    this.span = {whole: true};
    new ResizeObserver(() => this.chart?.setSize(this.#size())).observe(this.canvas);
  }

  draw(runs, view) {
    const {metric, rough} = this.strip;
    this.series = runs.flatMap(run => {
      const curve = run.curves.of(metric), across = ACROSS[view.x].of(curve, run.curves.begin);
      const steps = rough ? stepsOf(view.smooth) : 0;
      const line = (values, stroke, width, raw) => ({key: run.uid + raw, stroke, width, raw, table: ordered(across, [values], view.logX)});
      return [
        ...(steps > 0 ? [line(curve.value, faint(run.colour, 0.28), 1, true)] : []),
        line(smoothed(curve, steps), run.colour, 1.5, false),
      ];
    });
    const data = this.data = uPlot.join(this.series.map(one => one.table));
    const shape = JSON.stringify([this.series.map(one => [one.key, one.stroke]), view.x, view.logX]);
    if (!this.chart || shape !== this.shape) {
      this.shape = shape;
      this.chart?.destroy();
      this.chart = new uPlot(this.#options(view), data, this.canvas);
    } else {
      this.chart.setData(data, true);
    }
    this.zoom(this.span.whole, this.span.min, this.span.max);
    this.#read(null);
  }

  zoom(whole, min, max) {
    this.span = {whole, min, max};
    if (this.chart && !whole && min != null) this.chart.setScale('x', {min, max});
    else if (this.chart && whole && this.data) this.chart.setData(this.data, true);
  }

  #size() {
    return {width: this.canvas.clientWidth, height: this.canvas.clientHeight};
  }

  #options(view) {
    return {
      ...this.#size(),
      padding: [8, 8, 0, 0],
      legend: {show: false},
      scales: {
        x: {time: false, distr: view.logX ? 3 : 1, range: xRange},
        y: {range: range(false)},
      },
      axes: [
        xAxis(view.x, {log: view.logX, axis: {size: 8, values: (_, splits) => splits.map(() => '')}}),
        yAxis({size: 50, space: 22}),
      ],
      series: [{}, ...this.series.map(one => ({stroke: one.stroke, width: one.width, spanGaps: true, points: {show: false}}))],
      cursor: {
        y: false,
        sync: {key: 'wrought', setSeries: false},
        drag: {x: false, y: false, setScale: false},
        points: {
          size: (_, i) => this.series[i - 1]?.raw ? 0 : 7,
          width: (_, i) => this.series[i - 1]?.raw ? 0 : 1.5,
          fill: (_, i) => this.series[i - 1]?.raw ? 'transparent' : css('--sheet'),
        },
      },
      hooks: {setCursor: [chart => this.#read(chart.cursor.left >= 0 ? chart.cursor.idx : null)]},
    };
  }

  /** Writes the first run's value under the cursor, or its last. */
  #read(index) {
    const column = this.data?.[1 + this.series.findIndex(one => !one.raw)] ?? [];
    let at = index ?? column.length - 1;
    while (at > 0 && column[at] == null) at--;
    this.reading.textContent = column[at] == null ? '' : this.strip.write(column[at]);
  }
}
