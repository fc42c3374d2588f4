import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SHOTS_FILE, type Shot } from './photographer.ts'

/** Reads the notes of all pictures, in the order of their names. */
export async function readShots(folder: string): Promise<Shot[]> {
  const lines = (await readFile(join(folder, SHOTS_FILE), 'utf8')).trim().split('\n').filter(Boolean)
  const keyOf = ({ subject, name, language, theme, width }: Shot) =>
    [subject, name, language, theme, width].join('\n')
  return lines
    .map((line) => JSON.parse(line) as Shot)
    .sort((left, right) => keyOf(left).localeCompare(keyOf(right), 'en', { numeric: true }))
}

/** Writes `index.html`, which shows the pictures of each screen, page and mail side by side. */
export async function writeIndex(folder: string, shots: readonly Shot[]): Promise<void> {
  const groups = Map.groupBy(shots, ({ subject, name }) => `${subject}: ${name}`)
  const faulty = shots.filter(({ faults }) => faults.length > 0)
  const list = faulty.map(
    (shot) => `<li><a href="#${idOf(shot)}">${escapeText(describe(shot))}</a>${writeFaults(shot)}</li>`,
  )
  const sections = [...groups].map(
    ([title, group]) =>
      `<section><h2>${escapeText(title)}</h2><div>${group.map(writeShot).join('\n')}</div></section>`,
  )
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Latchkey in pictures</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: #e8eaee; color: #16181d }
  section > div { display: flex; gap: 1rem; overflow-x: auto; align-items: start; padding-bottom: 1rem }
  figure { margin: 0; flex: none } img { display: block; border: 1px solid #888; max-width: 640px }
  .fault { color: #a30000 }
</style>
<h1>Latchkey in pictures</h1>
<p>${shots.length} pictures, ${faulty.length} of them with faults.</p>
<ul>${list.join('\n')}</ul>
${sections.join('\n')}
</html>
`
  await writeFile(join(folder, 'index.html'), html)
}

function writeShot(shot: Shot): string {
  const text = describe(shot)
  return `<figure id="${idOf(shot)}"><figcaption>${escapeText(text)}${writeFaults(shot)}</figcaption>
<a href="${encodeURI(shot.file)}"><img src="${encodeURI(shot.file)}" alt="${escapeText(text)}" loading="lazy"></a></figure>`
}

function writeFaults({ faults }: Shot): string {
  return faults.map((fault) => `<br><span class="fault">${escapeText(fault.slice(0, 300))}</span>`).join('')
}

/** Names a picture in one line. */
export function describe({ subject, name, language, theme, width }: Shot): string {
  return `${subject}, ${name}, ${language}, ${theme}, ${width} px`
}

function idOf(shot: Shot): string {
  return describe(shot).replace(/[^\p{L}\p{N}]+/gu, '-')
}

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
