// What the reader chose to see. It is kept in the address, so that a reload or a friend sees the same.

const DEFAULTS = {run: '', over: [], x: 'step', logX: false, logY: false, smooth: 20};

/** The slider's position 0..60 is 0 or 10^(position/20) steps: 1 to 1000. */
export const stepsOf = position => position <= 0 ? 0 : Math.round(10 ** (position / 20));

export function read(hash = location.hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const smooth = Number(given.get('smooth') ?? DEFAULTS.smooth);
  return {
    run: given.get('run') ?? DEFAULTS.run,
    over: given.getAll('over'),
    x: ['step', 'tokens', 'time'].includes(given.get('x')) ? given.get('x') : DEFAULTS.x,
    logX: given.get('logX') === '1',
    logY: given.get('logY') === '1',
    smooth: Number.isFinite(smooth) ? Math.min(60, Math.max(0, smooth)) : DEFAULTS.smooth,
  };
}

export function write(view) {
  const kept = new URLSearchParams();
  if (view.run) kept.set('run', view.run);
  for (const uid of view.over) kept.append('over', uid);
  if (view.x !== DEFAULTS.x) kept.set('x', view.x);
  if (view.logX) kept.set('logX', '1');
  if (view.logY) kept.set('logY', '1');
  if (view.smooth !== DEFAULTS.smooth) kept.set('smooth', String(view.smooth));
  const text = kept.toString();
  history.replaceState(null, '', text ? '#' + text : location.pathname);
}
