// A browser for the tests of pages, and an ear for what goes wrong in it.

import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const SKIPPED = 77;

/** Ends the script where no browser is in PATH: the test that started it is then skipped. */
export function find() {
  for (const folder of process.env.PATH.split(':')) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // The next one.
      }
    }
  }
  console.log('no chromium in PATH: apt-get install chromium');
  process.exit(SKIPPED);
}

export function launch(executablePath) {
  return chromium.launch({executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage']});
}

/** What goes wrong in a page from now on, but for errors that are excused: (text) => whether. */
export async function complaints(page, excused = () => false) {
  const heard = [];
  page.on('console', message => {
    if (message.type() === 'error' && !excused(message.text())) heard.push(message.text());
  });
  page.on('pageerror', error => heard.push(error.stack));
  page.on('dialog', dialog => heard.push('a dialog: ' + dialog.message()));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation',
    event => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  return heard;
}
