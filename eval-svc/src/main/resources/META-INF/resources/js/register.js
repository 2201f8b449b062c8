// The table of runs. Rows are changed in place, so that whoever is on one with the keyboard stays there.

import {ago, count, decimal, duration, short, words} from './format.js';

export class Register {
  #rows = new Map();

  /** @param told {choose(uid), draw(uid, whether)} */
  constructor(body, told) {
    this.body = body;
    this.told = told;
  }

  /** @param runs newest first; colours uid -> colour of those that are drawn; chosen a uid */
  show(runs, colours, chosen) {
    const twice = new Set(runs.map(run => run.name).filter((name, i, all) => all.indexOf(name) !== i));
    runs.forEach((run, i) => {
      const row = this.#row(run.uid);
      row.fill(run, twice.has(run.name), colours.get(run.uid), run.uid === chosen);
      if (this.body.children[i] !== row.element) this.body.insertBefore(row.element, this.body.children[i] ?? null);
    });
    for (const [uid, row] of this.#rows) {
      if (!runs.some(run => run.uid === uid)) {
        row.element.remove();
        this.#rows.delete(uid);
      }
    }
  }

  /** Writes anew what changes with time alone. */
  tick() {
    for (const row of this.#rows.values()) row.tick();
  }

  #row(uid) {
    if (!this.#rows.has(uid)) this.#rows.set(uid, new Row(uid, this.told));
    return this.#rows.get(uid);
  }
}

class Row {
  constructor(uid, told) {
    this.element = document.createElement('tr');
    this.box = document.createElement('input');
    this.box.type = 'checkbox';
    this.box.addEventListener('change', () => told.draw(uid, this.box.checked));
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.addEventListener('click', () => told.choose(uid));
    this.tail = document.createElement('small');
    this.state = document.createElement('span');
    this.state.className = 'state';
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.steps = document.createElement('span');
    this.cells = {};
    this.#cell('mark', '', this.box);
    this.#cell('name', '', this.button, this.tail);
    this.#cell('', 'State', this.state);
    this.#cell('wide', 'Progress', this.bar, this.steps);
    for (const [key, label] of [['loss', 'Loss'], ['heldOutLoss', 'Held out'], ['bitsPerByte', 'Bits / byte'], ['tokensPerSecond', 'Tokens / s'], ['remaining', 'Remaining'], ['updated', 'Updated']]) {
      this.cells[key] = this.#cell('figure', label);
    }
  }

  #cell(className, label, ...content) {
    const cell = document.createElement('td');
    cell.className = className;
    if (label) cell.dataset.label = label;
    cell.append(...content);
    this.element.append(cell);
    return cell;
  }

  fill(run, ambiguous, colour, chosen) {
    this.run = run;
    this.element.classList.toggle('chosen', chosen);
    this.element.style.setProperty('--run', colour ?? 'var(--ink-3)');
    this.box.checked = colour !== undefined;
    this.box.disabled = chosen;
    this.box.setAttribute('aria-label', `Draw ${run.name}`);
    this.button.textContent = run.name;
    this.button.title = run.name;
    if (chosen) this.button.setAttribute('aria-current', 'true');
    else this.button.removeAttribute('aria-current');
    this.tail.textContent = ambiguous ? run.uid.slice(-6) : '';
    this.state.textContent = words(run.state);
    this.state.dataset.state = run.state;
    this.state.title = [run.reason, run.message].filter(text => text).join(': ');
    this.bar.value = run.plannedSteps > 0 ? Math.min(1, run.step / run.plannedSteps) : 0;
    this.bar.setAttribute('aria-label', `Progress of ${run.name}`);
    this.steps.textContent = run.plannedSteps > 0 ? `${count(run.step)} / ${count(run.plannedSteps)}` : count(run.step);
    this.cells.loss.textContent = decimal(run.loss);
    this.cells.heldOutLoss.textContent = decimal(run.heldOutLoss);
    this.cells.bitsPerByte.textContent = decimal(run.bitsPerByte);
    this.cells.tokensPerSecond.textContent = short(run.tokensPerSecond);
    this.cells.remaining.textContent = duration(run.remainingSeconds);
    this.tick();
  }

  tick() {
    this.cells.updated.textContent = ago(this.run.updated);
  }
}
