// The large curve: of every drawn run the training loss as measured (faint) and smoothed, and the held-out loss.

import uPlot from '../uplot/uPlot.esm.js';
import {ACROSS, FONT, ordered, range, xAxis, xRange, yAxis} from './axes.js';
import {smoothed} from './curves.js';
import {css, faint} from './palette.js';
import {stepsOf} from './view.js';

const NARROW = 640, LABEL_HEIGHT = 15;
/** Pixels right of the curves for what they are: a kind, or a run's name. */
const ROOM_FOR_KIND = 88, ROOM_FOR_NAME = 136;

export class Plate {
  /** @param told {cursor(index or null), zoom(whole, min, max)} */
  constructor(box, told) {
    this.box = box;
    this.told = told;
    this.shape = '';
    this.whole = true;
    new ResizeObserver(() => this.#fit()).observe(box);
    box.addEventListener('keydown', event => this.#key(event));
  }

  /** @param runs [{uid, name, colour, curves}], the chosen one first */
  draw(runs, view) {
    const series = this.series = runs.flatMap(run => seriesOf(run, runs.length > 1, view));
    const data = this.data = uPlot.join(series.map(one => one.table));
    const shape = JSON.stringify([series.map(one => [one.key, one.stroke]), view.x, view.logX, view.logY, this.narrow]);
    if (!this.chart || shape !== this.shape) {
      this.shape = shape;
      this.whole = true;
      this.chart?.destroy();
      this.chart = new uPlot(this.#options(series, view), data, this.box);
      this.#zoomed();
    } else {
      const seen = this.chart.scales.x;
      this.chart.batch(() => {
        this.chart.setData(data, this.whole);
        if (!this.whole) this.chart.setScale('x', {min: seen.min, max: seen.max});
      });
    }
  }

  /** Forgets the drawing: colours have changed. */
  renew() {
    this.shape = '';
  }

  showWhole() {
    this.whole = true;
    this.chart?.setData(this.data, true);
    this.#zoomed();
  }

  /** The value of a series at a point or the nearest before it; null where there is none. */
  at(seriesIndex, index) {
    const at = nearest(this.data[seriesIndex + 1], index);
    return at == null ? null : {x: this.data[0][at], value: this.data[seriesIndex + 1][at]};
  }

  get narrow() {
    return this.box.clientWidth < NARROW;
  }

  #options(series, view) {
    return {
      width: this.box.clientWidth,
      height: this.box.clientHeight,
      padding: [14, this.narrow ? 12 : roomFor(series), 0, 0],
      legend: {show: false},
      scales: {
        x: {time: false, distr: view.logX ? 3 : 1, range: xRange},
        y: {distr: view.logY ? 3 : 1, range: range(view.logY)},
      },
      axes: [xAxis(view.x, {log: view.logX}), yAxis({log: view.logY})],
      series: [{}, ...series.map(one => ({
        label: one.label,
        stroke: one.stroke,
        width: one.width,
        spanGaps: true,
        points: one.points,
      }))],
      cursor: {
        y: false,
        sync: {key: 'wrought', setSeries: false},
        drag: {x: true, y: false, dist: 6},
        points: {
          size: (_, i) => series[i - 1]?.raw ? 0 : 10,
          width: (_, i) => series[i - 1]?.raw ? 0 : 2,
          stroke: (_, i) => series[i - 1]?.ring ?? 'transparent',
          fill: (_, i) => series[i - 1]?.raw ? 'transparent' : css('--sheet'),
        },
        dataIdx: (chart, i, index) => nearest(chart.data[i], index) ?? index,
      },
      hooks: {
        setCursor: [chart => this.told.cursor(chart.cursor.left >= 0 ? chart.cursor.idx : null)],
        setScale: [(chart, key) => key === 'x' && this.#zoomed()],
        setSelect: [chart => { this.whole = chart.select.width === 0 && this.whole; }],
        draw: [chart => this.narrow || labelEnds(chart, series)],
      },
    };
  }

  #zoomed() {
    const x = this.chart?.scales.x;
    if (!x || x.min == null) return;
    const [first, last] = [this.data[0][0], this.data[0].at(-1)];
    this.whole = !(x.min > first || x.max < last);
    this.told.zoom(this.whole, x.min, x.max);
  }

  #fit() {
    if (this.chart) this.chart.setSize({width: this.box.clientWidth, height: this.box.clientHeight});
    this.told.resized?.();
  }

  #key(event) {
    if (!this.chart || !this.data[0].length) return;
    const last = this.data[0].length - 1;
    const now = this.chart.cursor.left >= 0 ? this.chart.cursor.idx ?? last : last;
    const stride = event.shiftKey ? Math.ceil(last / 20) : 1;
    const to = {ArrowLeft: now - stride, ArrowRight: now + stride, Home: 0, End: last}[event.key];
    if (event.key === 'Escape') {
      this.chart.setCursor({left: -10, top: -10});
      this.showWhole();
    } else if (to !== undefined) {
      event.preventDefault();
      const left = this.chart.valToPos(this.data[0][Math.min(last, Math.max(0, to))], 'x');
      this.chart.setCursor({left, top: this.chart.over.clientHeight / 2});
    }
  }
}

function seriesOf(run, several, view) {
  const loss = run.curves.of('loss'), heldOut = run.curves.of('validation_loss');
  const begin = run.curves.begin, across = ACROSS[view.x];
  const steps = stepsOf(view.smooth);
  const result = [];
  const add = (kind, curve, values, look) => result.push({
    key: run.uid + kind,
    run,
    table: ordered(across.of(curve, begin), [values], view.logX),
    label: several ? run.name : kind,
    kind,
    points: {show: false},
    ...look,
  });
  if (steps > 0) {
    add('measured', loss, loss.value, {stroke: faint(run.colour, 0.28), width: 1, raw: true});
  }
  add('training', loss, smoothed(loss, steps), {stroke: run.colour, width: 1.75, ring: run.colour, smoothed: steps > 0});
  const ink = several ? run.colour : css('--ink');
  add('held out', heldOut, heldOut.value, {
    stroke: ink, width: several ? 1 : 1.25, ring: ink,
    points: {show: heldOut.length <= 120, size: 7, width: 1.5, stroke: ink, fill: css('--sheet')},
  });
  return result;
}

/** The index of the nearest point of a sparse column. */
function nearest(column, index) {
  if (index == null || !column) return null;
  for (let away = 0; away < column.length; away++) {
    if (column[index - away] != null) return index - away;
    if (column[index + away] != null) return index + away;
    if (index - away < 0 && index + away >= column.length) return null;
  }
  return null;
}

/** Writes what each line is at its right end, one below the other where they are close. */
function labelEnds(chart, series) {
  const {ctx} = chart, ratio = devicePixelRatio, {left, width, top, height} = chart.bbox;
  const labels = [];
  series.forEach((one, i) => {
    if (one.raw) return;
    const column = chart.data[i + 1], xs = chart.data[0];
    let last = column.length - 1;
    while (last >= 0 && (column[last] == null || xs[last] > chart.scales.x.max)) last--;
    if (last < 0 || xs[last] < chart.scales.x.min) return;
    if (one.kind === 'held out' && labels.some(label => label.text === one.label)) return;
    const y = chart.valToPos(column[last], 'y', true);
    labels.push({text: one.label, colour: one.stroke, y: Math.min(top + height, Math.max(top, y))});
  });
  labels.sort((a, b) => a.y - b.y);
  for (let i = 1; i < labels.length; i++) {
    labels[i].y = Math.max(labels[i].y, labels[i - 1].y + LABEL_HEIGHT * ratio);
  }
  ctx.save();
  ctx.font = `500 ${12.5 * ratio}px ${FONT}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const label of labels) {
    ctx.fillStyle = label.colour;
    ctx.fillText(fitted(ctx, label.text, (roomFor(series) - 16) * ratio), left + width + 10 * ratio, label.y);
  }
  ctx.restore();
}

const roomFor = series => series.some(one => one.label !== one.kind) ? ROOM_FOR_NAME : ROOM_FOR_KIND;

function fitted(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && ctx.measureText(letters.join('') + '…').width > width) letters.pop();
  return letters.join('') + '…';
}
