// The chosen run in words and figures, above its curve.

import {ago, count, decimal, duration, short, words} from './format.js';

const READINGS = [
  ['Step', run => count(run.step), run => run.plannedSteps > 0 ? `of ${count(run.plannedSteps)}` : ''],
  ['Training loss', run => decimal(run.loss), () => 'nats per token'],
  ['Held-out loss', run => decimal(run.heldOutLoss), run => Number.isFinite(run.perplexity) ? `perplexity ${decimal(run.perplexity, 1)}` : ''],
  ['Bits per byte', run => decimal(run.bitsPerByte), () => 'of held-out text'],
  ['Tokens per second', run => short(run.tokensPerSecond), run => `${short(run.tokens)} in all`],
  ['Remaining', run => run.state === 'RUNNING' ? duration(run.remainingSeconds) : words(run.state),
    run => run.plannedSteps > 0 ? `${Math.floor(100 * run.step / run.plannedSteps)} % done` : ''],
];

export class Readings {
  constructor(page) {
    this.page = page;
    this.entries = READINGS.map(([label]) => {
      const group = document.createElement('div');
      const term = document.createElement('dt');
      term.textContent = label;
      const figure = document.createElement('dd');
      const note = document.createElement('dd');
      figure.className = 'reading';
      note.className = 'note';
      group.append(term, figure, note);
      page.readings.append(group);
      return {figure, note};
    });
  }

  show(run) {
    this.run = run;
    this.page.name.textContent = run.name;
    document.title = `${run.name} · Wrought`;
    this.entries.forEach(({figure, note}, i) => {
      figure.textContent = READINGS[i][1](run);
      note.textContent = READINGS[i][2](run);
    });
    this.page.progress.value = run.plannedSteps > 0 ? Math.min(1, run.step / run.plannedSteps) : 0;
    this.tick();
  }

  tick() {
    if (!this.run) return;
    const {state, reason, message, parameters, created, starts} = this.run;
    const facts = [
      words(state) + (state === 'FAILED' && reason ? ` (${[reason, message].filter(text => text).join(': ')})` : ''),
      parameters > 0 ? `${short(parameters)} parameters` : '',
      `begun ${ago(created)}`,
      starts > 1 ? `started ${starts} times` : '',
    ];
    this.page.facts.textContent = facts.filter(text => text).join('  ·  ');
  }
}
