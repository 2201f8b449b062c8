// What the reader chose to see, but for the text. It is kept in the address, so that a reload shows the same.

const TOGGLES = ['allowSpecial', 'addSpecial', 'marks'];

export function read(hash = location.hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    tokenizers: [given.get('left') ?? '', given.get('right') ?? ''],
    ...Object.fromEntries(TOGGLES.map(name => [name, given.get(name) === '1'])),
  };
}

export function write(view) {
  const kept = new URLSearchParams();
  ['left', 'right'].forEach((side, i) => view.tokenizers[i] && kept.set(side, view.tokenizers[i]));
  TOGGLES.filter(name => view[name]).forEach(name => kept.set(name, '1'));
  const text = kept.toString();
  history.replaceState(null, '', text ? '#' + text : location.pathname);
}
