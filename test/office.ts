import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Without the version that used it last, which only a window writes, LibreOffice tries its drawings at each start: nine
 * tenths of what a conversion takes.
 */
const SEEN = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.0</value></prop></item></oor:items>`

/** Runs LibreOffice without a window, its settings kept in a folder of the test. */
export function office(folder: string, ...asked: string[]): void {
  const profile = join(folder, 'profile')
  mkdirSync(join(profile, 'user'), { recursive: true })
  writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), SEEN)
  execFileSync('soffice', [`-env:UserInstallation=file://${profile}`, '--headless', ...asked], {
    stdio: 'ignore',
  })
}
