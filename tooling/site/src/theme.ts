import { listPages } from './pages.ts'
import { type Group, readDecisions, readSideBar } from './side-bar.ts'

/** An entry of the side bar, as the generator draws it. */
interface Item {
  text: string
  link?: string
  items?: Item[]
}

/**
 * Writes the side bars for the generator, by the beginning of the path: the decisions have one of their own.
 *
 * No group can be closed, because the generator would draw it as a button inside of a button.
 */
export function drawSideBars(): Record<string, Item[]> {
  const pages = listPages()
  const draw = ({ title, entries, groups }: Group): Item => ({
    text: title,
    items: [
      ...entries.map((entry) => ({ text: entry.title, link: `/${pages.get(entry.source)}` })),
      ...groups.map(draw),
    ],
  })
  const home = { text: 'All pages', link: '/' }
  return {
    '/decisions/': [home, { text: 'Decisions', link: '/decisions/' }, ...readDecisions().map(draw)],
    '/': readSideBar().map(draw),
  }
}
