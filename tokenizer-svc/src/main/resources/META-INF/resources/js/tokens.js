// Tokens as people see them. Nothing here needs a page.

const UTF_8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const MARKS = new Map([[' ', '·'], ['\t', '→'], ['\u00a0', '⍽']]);
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

/** The answer's columns, token by token. */
export function tokensOf({id, start, end, bytes, special}) {
  return id.map((_, i) => ({index: i, id: id[i], start: start[i], end: end[i], bytes: bytes[i], special: special[i]}));
}

/** "206361" -> "20 63 61". */
export const spaced = hex => hex.replace(/..(?=.)/g, '$& ');

/**
 * How a token is written: {kind: 'text' | 'special' | 'part', text}. A part of a character is written as its bytes.
 * @param marked whether blanks are
 */
export function written(token, marked = false) {
  const bytes = Uint8Array.from(token.bytes.match(/../g) ?? [], byte => parseInt(byte, 16));
  try {
    const text = [...UTF_8.decode(bytes)].map(character => visible(character, marked)).join('');
    return {kind: token.special ? 'special' : 'text', text};
  } catch {
    return {kind: 'part', text: spaced(token.bytes)};
  }
}

/** A line's end is always marked, or a token of nothing else could not be seen. */
function visible(character, marked) {
  if (character === '\n') return '⏎\n';
  if (marked && MARKS.has(character)) return MARKS.get(character);
  const code = character.codePointAt(0);
  if (character === '\t' || code >= 0x20 && code !== DELETE) return character;
  return String.fromCodePoint(code === DELETE ? CONTROL_PICTURES + 0x21 : CONTROL_PICTURES + code);
}

/** Which tokens share a byte of the text with a stretch of it. */
export function touching(tokens, {start, end}) {
  return tokens.filter(token => token.start < end && token.end > start);
}

/** Where in the text a token comes from, in words. */
export function place({start, end}) {
  return start === end ? `${start}` : `${start}–${end}`;
}

/** How many bytes a text has in UTF-8. */
export const utf8Length = text => new TextEncoder().encode(text).length;
