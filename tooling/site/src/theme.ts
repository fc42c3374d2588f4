import { listPages } from './pages.ts'
import { type Group, readSideBar } from './side-bar.ts'

/** An entry of the side bar, as the generator draws it. */
interface Item {
  text: string
  link?: string
  items?: Item[]
  collapsed?: boolean
}

/** Writes the side bar for the generator. The groups of decisions are closed until one of their pages is open. */
export function drawSideBar(): Item[] {
  const pages = listPages()
  const draw = ({ title, entries, groups }: Group): Item => ({
    text: title,
    items: [
      ...entries.map((entry) => ({ text: entry.title, link: `/${pages.get(entry.source)}` })),
      ...groups.map((group) => ({ ...draw(group), collapsed: true })),
    ],
  })
  return readSideBar().map(draw)
}
