// Tokens. Reads top-down: what there is, what the reader chose and typed, what is asked, how it is shown.

import {count} from './format.js';
import {Side} from './side.js';
import {utf8Length} from './tokens.js';
import {read, write} from './view.js';

/** Whoever types faster than this is shown what comes of it when they pause. */
const PAUSE_MILLIS = 60;
const RETRY_MILLIS = 2_000;

/** More would take longer to draw than to wait for. */
const SHOWN = 1_000;

const element = id => document.getElementById(id);
const form = element('question').elements;
const view = read();
let longestText = Infinity;

const sides = ['First tokenizer', 'Second tokenizer'].map((label, i) => new Side(element('side'), label, {
  chosen: () => {
    view.tokenizers[i] = sides[i].choice;
    write(view);
    askSoon([i]);
  },
  pointed: token => {
    sides[i].point(token);
    sides[1 - i].match(token);
  },
}));
element('sides').append(...sides.map(side => side.element));

/** What is asked for each side and not answered: the next question takes it back. */
const asked = [null, null];
const due = new Set();
let timer = 0;

function askSoon(which = [0, 1], millis = PAUSE_MILLIS) {
  which.forEach(i => due.add(i));
  clearTimeout(timer);
  timer = setTimeout(() => {
    const now = [...due];
    due.clear();
    if (!refuseLong()) now.forEach(ask);
  }, millis);
}

/** Says so of a text that is too long to be asked about. */
function refuseLong() {
  const bytes = form.text.value.length > longestText ? form.text.value.length : utf8Length(form.text.value);
  const long = bytes > longestText;
  element('too-long').textContent = long ? `The text is longer than ${count(longestText)} bytes: the figures below are of what it was.` : '';
  return long;
}

async function ask(i) {
  const side = sides[i];
  asked[i]?.abort();
  const question = asked[i] = new AbortController();
  if (!side.choice) {
    advise(i);
    return;
  }
  side.waiting();
  const body = JSON.stringify({
    tokenizer: side.choice, text: form.text.value, allowSpecial: view.allowSpecial, addSpecial: view.addSpecial, shown: SHOWN,
  });
  const answer = await answered(i, '/api/tokens', {method: 'POST', headers: {'Content-Type': 'application/json'}, body, signal: question.signal});
  if (answer && asked[i] === question) side.show(answer, view.marks);
}

/** The JSON of an answer; nothing, and said so, where there is none. */
async function answered(i, path, request) {
  try {
    const response = await fetch(path, request);
    const type = response.headers.get('Content-Type') ?? '';
    const answer = type.startsWith('application/json') ? await response.json() : {};
    showStatus('live', 'live');
    if (response.ok) return answer;
    if (!request.signal.aborted) sides[i].refuse(answer.error?.message ?? `The service answered ${response.status}.`);
  } catch (failure) {
    if (request.signal.aborted) return null;
    showStatus('reconnecting', 'the service does not answer, trying again');
    askSoon([i], RETRY_MILLIS);
  }
  return null;
}

function advise(i) {
  const names = [...sides[i].parts.select.options].length > 1;
  const command = document.createElement('code');
  command.textContent = './wrought tokenizer train';
  if (names) sides[i].advise('Choose a tokenizer, or give the path of a file.');
  else sides[i].advise('No tokenizer is stored so far: give the path of a file, or make one with ', command);
}

function showStatus(state, words) {
  element('status').dataset.state = state;
  element('status').querySelector('.words').textContent = words;
}

async function start() {
  for (const name of ['allowSpecial', 'addSpecial', 'marks']) {
    form[name].checked = view[name];
    form[name].addEventListener('change', () => {
      view[name] = form[name].checked;
      write(view);
      askSoon([0, 1], 0);
    });
  }
  form.text.addEventListener('input', () => askSoon());
  element('question').addEventListener('submit', event => event.preventDefault());
  await offer();
}

/** Offers what is stored; at first the newest two. */
async function offer() {
  try {
    const {tokenizers, longestText: longest} = await (await fetch('/api/tokenizers')).json();
    longestText = longest;
    sides.forEach((side, i) => {
      side.offer(tokenizers);
      side.choice = view.tokenizers[i] || (tokenizers[i] ?? '');
    });
    askSoon([0, 1], 0);
  } catch {
    showStatus('reconnecting', 'the service does not answer, trying again');
    setTimeout(offer, RETRY_MILLIS);
  }
}

start();
