// The connection: a snapshot of every watched curve, then everything that comes after it. When the connection
// breaks it is made again from the last position seen, so that nothing is missing and nothing comes twice.

import {Curves} from './curves.js';

const FIRST_WAIT = 500, LONGEST_WAIT = 5000;
/** A hidden page lets go of its connection: browsers allow a site only six. */
const HIDDEN_GRACE = 30_000;
/** The service says something every ten seconds. */
const SILENCE = 25_000;

export class Live {
  /** @param told {runs(list), points(uid), status(state)} */
  constructor(told) {
    this.told = told;
    this.curves = new Map();
    this.watched = [];
    this.cursor = '';
    this.wait = FIRST_WAIT;
    document.addEventListener('visibilitychange', () => this.#visible(!document.hidden));
  }

  /** Watches these runs, from now on. */
  watch(uids) {
    if (this.source && uids.join() === this.watched.join()) return;
    this.watched = [...uids];
    this.#open();
  }

  /** Takes a run's curve anew: the service thins it out. */
  async refresh(uid) {
    this.curves.delete(uid);
    await this.#open();
  }

  #close() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.source?.close();
    this.source = null;
  }

  async #open() {
    this.#close();
    const attempt = this.attempt = {};
    try {
      for (const uid of [...this.watched]) {
        if (!this.curves.has(uid)) await this.#load(uid);
        if (this.attempt !== attempt) return;
      }
    } catch (failure) {
      this.#again();
      return;
    }
    for (const uid of [...this.curves.keys()]) if (!this.watched.includes(uid)) this.curves.delete(uid);
    const query = new URLSearchParams(this.watched.map(uid => ['run', uid]));
    if (this.cursor) query.set('from', this.cursor);
    this.source = new EventSource('/api/stream?' + query);
    this.#listen(this.source);
  }

  async #load(uid) {
    const answer = await fetch(`/api/runs/${encodeURIComponent(uid)}/curves?points=3000`);
    if (answer.status === 404) {
      // Its store is gone; the list of runs will tell what there is.
      this.watched = this.watched.filter(other => other !== uid);
      return;
    }
    if (!answer.ok) throw new Error(`${answer.status} for the curves of ${uid}`);
    const snapshot = await answer.json();
    this.curves.set(uid, new Curves(snapshot.curves));
    // With several runs the oldest position counts: points given twice change nothing.
    this.cursor ||= snapshot.cursor;
    this.told.points(uid);
  }

  #listen(source) {
    const on = (name, handle) => source.addEventListener(name, event => {
      if (this.source !== source) return;
      this.#heard();
      if (event.lastEventId) this.cursor = event.lastEventId;
      handle(JSON.parse(event.data));
    });
    on('runs', data => this.told.runs(data));
    on('points', data => this.#points(data.runs));
    on('beat', () => {});
    on('reset', () => {
      this.cursor = '';
      this.curves.clear();
      this.#open();
    });
    source.onerror = () => {
      if (this.source === source) this.#again();
    };
  }

  #points(runs) {
    for (const [uid, byMetric] of Object.entries(runs)) {
      if (this.curves.get(uid)?.add(byMetric)) this.told.points(uid);
    }
  }

  #heard() {
    this.wait = FIRST_WAIT;
    this.told.status('live');
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.#again(), SILENCE);
  }

  #again() {
    this.#close();
    this.told.status('reconnecting');
    this.timer = setTimeout(() => this.#open(), this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 1.6);
  }

  #visible(visible) {
    clearTimeout(this.grace);
    if (!visible) this.grace = setTimeout(() => this.#close(), HIDDEN_GRACE);
    else if (!this.source) this.#open();
  }
}
