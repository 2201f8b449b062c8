// Numbers and times as the page writes them. Thin spaces between thousands, a minus that is one.

const THIN = '\u2009';
const NONE = '–';

/** 1234567 -> "1 234 567". */
export function count(value) {
  if (!Number.isFinite(value)) return NONE;
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** A loss or another number of interest, with that many decimals. */
export function decimal(value, digits = 3) {
  return Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : NONE;
}

/** 13900000 -> "13.9 M". */
export function short(value) {
  if (!Number.isFinite(value)) return NONE;
  for (const [unit, size] of [['T', 1e12], ['B', 1e9], ['M', 1e6], ['k', 1e3]]) {
    if (Math.abs(value) >= size) return trimmed(value / size) + THIN + unit;
  }
  return trimmed(value);
}

function trimmed(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\.?0+$/, '') || '0';
}

/** Any positive number in few characters: "0.00030", "1.2 k". */
export function small(value) {
  if (!Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1000) return short(value);
  if (size >= 0.01) return value.toPrecision(3);
  const [mantissa, exponent] = value.toExponential(1).split('e');
  return `${mantissa}·10${superscript(Number(exponent))}`;
}

function superscript(number) {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return (number < 0 ? '⁻' : '') + [...String(Math.abs(number))].map(d => digits[d]).join('');
}

/** Seconds -> "42 s", "7 min", "3 h 05". */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return NONE;
  if (seconds < 1) return seconds === 0 ? '0' + THIN + 's' : seconds.toFixed(1) + THIN + 's';
  if (seconds < 90) return Math.round(seconds) + THIN + 's';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes + THIN + 'min';
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}${THIN}h${THIN}${String(minutes % 60).padStart(2, '0')}`;
  return Math.floor(hours / 24) + THIN + 'd' + THIN + (hours % 24) + THIN + 'h';
}

/** How long ago, in words. */
export function ago(millis, now = Date.now()) {
  const seconds = Math.max(0, (now - millis) / 1000);
  return seconds < 5 ? 'now' : duration(Math.round(seconds)) + ' ago';
}

/** RUNNING -> "running". */
export function words(state) {
  return state.toLowerCase().replaceAll('_', ' ');
}
