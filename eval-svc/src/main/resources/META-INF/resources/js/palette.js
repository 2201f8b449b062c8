// Colours of runs: those that steel runs through when it is tempered. They are in css/page.css, for both schemes.

const RUN_COLOURS = 6;

export const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The colour of the n-th run that is drawn. */
export const colour = n => css(`--run-${n % RUN_COLOURS}`);

/** A colour with less of it: #rrggbb and 0..1. */
export const faint = (hex, share) => hex + Math.round(share * 255).toString(16).padStart(2, '0');

/** Calls when the reader's scheme changes. */
export function onScheme(call) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', call);
}
