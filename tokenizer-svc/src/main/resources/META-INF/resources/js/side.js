// One tokenizer and what it makes of the text. Tokens are changed in place: who types at the end changes few of them.

import {count, decimal} from './format.js';
import {place, spaced, tokensOf, touching, written} from './tokens.js';

const TINTS = 6;
const FILE = '/';

export class Side {
  #tokens = [];
  #marked = false;
  #pointed = -1;
  #spans = [];
  #rows = [];

  /** @param label names the side for those who do not see it; told {chosen(), pointed(token or null)} */
  constructor(template, label, told) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.told = told;
    const part = selector => this.element.querySelector(selector);
    this.parts = {
      select: part('select'), path: part('.path'), file: part('.path input'), facts: part('.facts'), refused: part('.refused'), hint: part('.hint'),
      answer: part('.answer'), flow: part('.flow'), pointed: part('.pointed'), cut: part('.cut'), ledger: part('.ledger'), body: part('tbody'),
    };
    this.element.setAttribute('aria-label', label);
    part('.which').textContent = label;
    this.parts.ledger.setAttribute('aria-label', `${label}: table of tokens`);
    this.#listen();
  }

  #listen() {
    const {select, file, flow, body} = this.parts;
    select.addEventListener('change', () => {
      this.#showPath();
      if (select.value === FILE) file.focus();
      this.told.chosen();
    });
    file.addEventListener('input', () => this.told.chosen());
    for (const list of [flow, body]) {
      list.addEventListener('pointerover', event => this.#tell(indexOf(event.target)));
      list.addEventListener('pointerleave', () => this.#tell(-1));
    }
    flow.addEventListener('focusin', event => this.#tell(indexOf(event.target)));
    flow.addEventListener('focusout', () => this.#tell(-1));
    flow.addEventListener('keydown', event => this.#step(event));
  }

  /** Offers stored tokenizers. */
  offer(names) {
    const {select} = this.parts;
    const before = select.value;
    select.replaceChildren(...names.map(name => new Option(name, name)), new Option('a file …', FILE));
    select.value = names.includes(before) ? before : FILE;
    this.#showPath();
  }

  #showPath() {
    this.parts.path.hidden = this.parts.select.value !== FILE;
  }

  /** What is chosen: a name, a path, or nothing. */
  get choice() {
    const {select, file} = this.parts;
    return select.value === FILE ? file.value.trim() : select.value;
  }

  set choice(reference) {
    const {select, file} = this.parts;
    const stored = [...select.options].some(option => option.value === reference && reference !== FILE);
    select.value = stored ? reference : FILE;
    if (!stored) file.value = reference;
    this.#showPath();
  }

  waiting() {
    this.element.setAttribute('aria-busy', 'true');
  }

  /** Shows an answer of /api/tokens. @param marked whether blanks are */
  show({tokenizer, counts, tokens}, marked) {
    const {facts, answer, cut, flow} = this.parts;
    this.#settle(answer);
    facts.textContent = `${tokenizer.model} of ${count(tokenizer.vocabularySize)} tokens, ${tokenizer.digest.slice(0, 8)}`;
    const figures = {...counts, ratio: counts.bytes / counts.tokens};
    for (const figure of answer.querySelectorAll('[data-figure]')) {
      const name = figure.dataset.figure;
      figure.textContent = name === 'ratio' ? decimal(figures[name], 2) : count(figures[name]);
    }
    flow.setAttribute('aria-label', `${this.element.getAttribute('aria-label')}, ${tokenizer.name}: ${counts.tokens} tokens`);
    cut.hidden = tokens.id.length === counts.tokens;
    cut.textContent = `The first ${count(tokens.id.length)} of ${count(counts.tokens)} tokens are shown; the figures are those of all.`;
    this.#draw(tokensOf(tokens), marked);
  }

  /** Says why there is nothing to show. */
  refuse(message) {
    this.#settle(this.parts.refused);
    this.parts.refused.textContent = message;
  }

  /** Says how to go on. @param nodes text and elements */
  advise(...nodes) {
    this.#settle(this.parts.hint);
    this.parts.hint.replaceChildren(...nodes);
  }

  #settle(shown) {
    const {facts, answer, refused, hint} = this.parts;
    this.element.removeAttribute('aria-busy');
    for (const part of [answer, refused, hint]) part.hidden = part !== shown;
    refused.textContent = '';
    if (shown === answer) return;
    facts.textContent = '';
    this.#draw([], this.#marked);
  }

  #draw(tokens, marked) {
    const before = marked === this.#marked ? this.#tokens : [];
    [this.#tokens, this.#marked] = [tokens, marked];
    tokens.forEach((token, i) => {
      if (i === this.#spans.length) this.#add();
      if (!equal(token, before[i])) this.#fill(token);
    });
    for (const gone of [...this.#spans.splice(tokens.length), ...this.#rows.splice(tokens.length)]) gone.remove();
    this.#spans.forEach((span, i) => span.tabIndex = i === 0 ? 0 : -1);
    this.point(null);
  }

  #add() {
    const span = document.createElement('span');
    span.setAttribute('role', 'option');
    const row = document.createElement('tr');
    for (const className of ['figure', 'word', 'figure', 'hex', 'figure']) {
      row.insertCell().className = className;
    }
    row.cells[1].append(document.createElement('span'));
    span.dataset.index = row.dataset.index = row.cells[0].textContent = this.#spans.length;
    this.parts.flow.append(span);
    this.parts.body.append(row);
    this.#spans.push(span);
    this.#rows.push(row);
  }

  #fill(token) {
    const {kind, text} = written(token, this.#marked);
    const [span, row] = [this.#spans[token.index], this.#rows[token.index]];
    const className = `token ${kind} tint-${token.index % TINTS}`;
    for (const word of [span, row.cells[1].firstChild]) {
      word.className = className;
      word.textContent = text;
    }
    span.setAttribute('aria-label', `${text}, id ${token.id}, bytes ${spaced(token.bytes)}, place ${place(token)}`);
    row.cells[2].textContent = token.id;
    row.cells[3].textContent = spaced(token.bytes);
    row.cells[4].textContent = place(token);
  }

  #tell(index) {
    if (index === this.#pointed) return;
    this.told.pointed(this.#tokens[index] ?? null);
  }

  /** Marks a token of this side, and says all of it; null: none. */
  point(token) {
    this.#pointed = token?.index ?? -1;
    this.#mark('chosen', token ? [token] : []);
    this.#mark('same', []);
    const {pointed} = this.parts;
    pointed.replaceChildren();
    if (!token) return;
    this.#reveal(token.index);
    for (const [label, value] of [['No. ', token.index], ['id ', token.id], ['bytes ', spaced(token.bytes)], ['at ', place(token)]]) {
      const strong = document.createElement('b');
      strong.textContent = value;
      pointed.append(label, strong);
    }
  }

  /** Marks what comes from the same stretch of the text as a token of the other side. */
  match(token) {
    this.#pointed = -1;
    this.#mark('chosen', []);
    this.#mark('same', token ? touching(this.#tokens, token) : []);
    const same = this.#spans.filter(span => span.classList.contains('same'));
    this.parts.pointed.textContent = token && same.length ? `${same.length === 1 ? 'one token' : same.length + ' tokens'} of the same text` : '';
    if (same.length) this.#reveal(same[0].dataset.index);
  }

  #reveal(index) {
    const {flow, ledger} = this.parts;
    scrollTo(flow, this.#spans[index]);
    scrollTo(ledger, this.#rows[index], ledger.querySelector('thead').offsetHeight);
  }

  #mark(className, tokens) {
    for (const marked of this.element.querySelectorAll('.' + className)) {
      marked.classList.remove(className);
      marked.removeAttribute('aria-selected');
    }
    for (const {index} of tokens) {
      this.#spans[index].classList.add(className);
      this.#rows[index].classList.add(className);
      if (className === 'chosen') this.#spans[index].setAttribute('aria-selected', 'true');
    }
  }

  /** Arrow keys go from token to token. */
  #step(event) {
    const at = indexOf(event.target);
    const last = this.#spans.length - 1;
    const to = {ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last}[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.#spans[at].tabIndex = -1;
    this.#spans[to].tabIndex = 0;
    this.#spans[to].focus();
  }
}

/** The index of the token that an element is of; -1 if it is of none. */
const indexOf = element => Number(element.closest('[data-index]')?.dataset.index ?? -1);

const equal = (token, other) => other !== undefined && token.id === other.id && token.start === other.start && token.end === other.end && token.bytes === other.bytes;

/** Scrolls a box so far that what is in it is seen, and nothing else. @param covered how much of its top is hidden */
function scrollTo(box, inside, covered = 0) {
  const [frame, seen] = [box.getBoundingClientRect(), inside.getBoundingClientRect()];
  if (seen.top < frame.top + covered) box.scrollTop -= frame.top + covered - seen.top;
  else if (seen.bottom > frame.bottom) box.scrollTop += seen.bottom - frame.bottom;
}
