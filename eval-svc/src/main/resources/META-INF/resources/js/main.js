// The dashboard. Reads top-down: what there is, what the reader chose, how the two become the page.

import {Live} from './live.js';
import {Plate} from './plate.js';
import {Strips} from './strips.js';
import {Register} from './register.js';
import {Readings} from './readings.js';
import {Readout} from './readout.js';
import {colour, css, onScheme} from './palette.js';
import {FONT} from './axes.js';
import {count} from './format.js';
import {read, stepsOf, write} from './view.js';

const MOST_DRAWN = 6;
/** A curve that grew to so many points while we looked is taken anew, thinned out. */
const CROWDED = 9_000;

const element = id => document.getElementById(id);
const view = read();
let runs = [];
let known = false;
let source = {connected: true, detail: ''};
let link = 'connecting';
let pointed = null;

/** For whoever has the console open, and for the tests. */
export const live = new Live({
  runs: told => {
    runs = told.runs;
    source = told.source;
    known = true;
    showRuns();
  },
  points: () => drawSoon(),
  status: state => {
    link = state;
    showStatus();
  },
});
const strips = new Strips(element('strips'));
const readout = new Readout(element('readout'));
const plate = new Plate(element('loss'), {
  cursor: index => {
    pointed = index;
    readout.show(plate, view, pointed);
  },
  zoom: (whole, min, max) => {
    element('whole').hidden = whole;
    strips.zoom(whole, min, max);
  },
  resized: () => drawSoon(),
});
const register = new Register(element('runs'), {
  choose: uid => {
    view.run = uid;
    view.over = view.over.filter(other => other !== uid);
    changed();
    element('plate').scrollIntoView({block: 'nearest'});
  },
  draw: (uid, whether) => {
    view.over = view.over.filter(other => other !== uid);
    if (whether) view.over = [...view.over, uid].slice(-(MOST_DRAWN - 1));
    changed();
  },
});
const readings = new Readings({
  name: element('run-name'), facts: element('run-facts'), readings: element('readings'), progress: element('progress'),
});

/** The chosen run: the newest while the reader has not chosen. */
const chosen = () => runs.find(run => run.uid === view.run) ?? runs[0];

/** The uids to draw, the chosen one first. */
function drawn() {
  const first = chosen();
  if (!first) return [];
  const over = view.over.filter(uid => uid !== first.uid && runs.some(run => run.uid === uid));
  return [first.uid, ...over];
}

function showRuns() {
  const run = chosen();
  element('empty').hidden = Boolean(run) || !known;
  element('plate').hidden = element('register').hidden = !run;
  showStatus();
  if (!run) return;
  const uids = drawn();
  register.show(runs, new Map(uids.map((uid, i) => [uid, colour(i)])), run.uid);
  readings.show(run);
  element('csv').href = `/api/runs/${encodeURIComponent(run.uid)}/curves/loss.csv`;
  live.watch(uids);
  drawSoon();
}

let pending = false;
function drawSoon() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => {
    pending = false;
    draw();
  });
}

function draw() {
  const shown = drawn()
    .map((uid, i) => ({uid, name: runs.find(run => run.uid === uid).name, colour: colour(i), curves: live.curves.get(uid)}))
    .filter(run => run.curves);
  if (!shown.length || element('plate').hidden) return;
  plate.draw(shown, view);
  strips.draw(shown, view);
  readout.show(plate, view, pointed);
  const [run] = shown;
  const last = run.curves.of('loss');
  element('loss').setAttribute('aria-label',
    last.length ? `Loss of ${run.name}: ${last.value[0].toFixed(2)} at step ${last.step[0]}, ${last.value.at(-1).toFixed(2)} at step ${last.step.at(-1)}. Arrow keys read values.` : `Loss of ${run.name}: no step so far`);
  for (const {uid, curves} of shown) if (curves.size > CROWDED) live.refresh(uid);
}

function showStatus() {
  const [state, words] = link !== 'live' ? [link, link === 'connecting' ? 'connecting' : 'connection lost, trying again']
    : !source.connected ? ['waiting', 'no events: Kafka does not answer']
    : source.lag > 1000 ? ['waiting', `catching up, ${count(source.lag)} events to go`]
    : ['live', 'live'];
  element('status').dataset.state = state;
  element('status').querySelector('.words').textContent = words;
  element('status').title = source.detail ?? '';
}

function showControls() {
  const controls = element('controls').elements;
  controls.x.value = view.x;
  controls.logX.checked = view.logX;
  controls.logY.checked = view.logY;
  controls.smooth.value = view.smooth;
  const steps = stepsOf(view.smooth);
  element('smooth-words').textContent = steps === 0 ? 'nothing' : steps === 1 ? '1 step' : `${count(steps)} steps`;
}

function changed() {
  write(view);
  showControls();
  showRuns();
}

element('controls').addEventListener('input', () => {
  const controls = element('controls').elements;
  view.x = controls.x.value;
  view.logX = controls.logX.checked;
  view.logY = controls.logY.checked;
  view.smooth = Number(controls.smooth.value);
  changed();
});
element('controls').addEventListener('submit', event => event.preventDefault());
element('whole').addEventListener('click', () => plate.showWhole());
element('png').addEventListener('click', savePicture);
window.addEventListener('hashchange', () => {
  Object.assign(view, read());
  showControls();
  showRuns();
});
onScheme(() => {
  plate.renew();
  strips.renew();
  showRuns();
});
setInterval(() => {
  register.tick();
  readings.tick();
}, 1000);

/** The plate as a PNG, on the paper it lies on. */
function savePicture() {
  const drawing = plate.chart?.ctx.canvas;
  if (!drawing) return;
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [drawing.width, drawing.height];
  const ink = sheet.getContext('2d');
  ink.fillStyle = css('--sheet');
  ink.fillRect(0, 0, sheet.width, sheet.height);
  ink.drawImage(drawing, 0, 0);
  sheet.toBlob(blob => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = chosen().name.replace(/[^\w.-]+/g, '_') + '-loss.png';
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

showControls();
document.fonts.load(`12px ${FONT}`).finally(() => live.watch([]));
