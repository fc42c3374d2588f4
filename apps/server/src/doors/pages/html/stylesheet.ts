/*
 * Each colour pair below meets WCAG AA in both themes: 4.5:1 for text, 3:1 for the edges of inputs and for focus.
 * Inputs are 16 px, under which iOS zooms into the page; everything to press is at least 44 px high.
 */
const COLORS = `
:root {
  color-scheme: light dark;
  --page: #f3f5f7; --card: #fff; --text: #171b22; --muted: #545c6b; --line: #dde1e7; --edge: #767f8f;
  --accent: #0d6157; --accent-strong: #094a43; --on-accent: #fff; --tint: #e3f1ee;
  --danger: #a8231b; --danger-tint: #fdf0ee; --notice: #6b4a00; --notice-tint: #fff5d9; --notice-line: #e8cf8a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: #181c22; --text: #e9ebef; --muted: #a7afbc; --line: #2b313a; --edge: #78818f;
    --accent: #6fcdbd; --accent-strong: #93ddd0; --on-accent: #06211d; --tint: #17312e;
    --danger: #ffa199; --danger-tint: #331a18; --notice: #f2d48a; --notice-tint: #2e2510; --notice-line: #5c4a1c;
  }
}`

const FRAME = `
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scrollbar-gutter: stable }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  padding: clamp(1.25rem, 8vh, 5rem) 1rem 2rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
.brand {
  display: flex; align-items: center; gap: .625rem; margin: 0 0 1.25rem; font-size: 1.125rem; font-weight: 650;
  overflow-wrap: anywhere;
}
.logo { height: 2rem; width: auto; max-width: min(12rem, 50vw); flex: none; object-fit: contain }
.mark { width: 1.75rem; height: 1.75rem; flex: none; fill: var(--on-accent) }
.mark rect { fill: var(--accent) }
main {
  width: 100%; max-width: 27rem; padding: clamp(1.5rem, 6vw, 2.25rem); background: var(--card);
  border: 1px solid var(--line); border-radius: .875rem; box-shadow: 0 1px 2px rgb(0 0 0 / .04), 0 8px 24px rgb(0 0 0 / .05);
}
.wide main { max-width: 56rem }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; overflow-wrap: anywhere }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem }
p { margin: 0 0 1rem }
main > :last-child { margin-bottom: 0 }
.muted, .help { color: var(--muted); font-size: .9375rem }
.help { width: 100%; max-width: 27rem; margin-top: 1.25rem; text-align: center }
bdi { display: inline-block; max-width: 100%; font-weight: 600; overflow-wrap: anywhere }
a { color: var(--accent); text-underline-offset: .15em }
a:hover { color: var(--accent-strong) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.icon {
  display: inline-grid; place-items: center; width: 3rem; height: 3rem; margin-bottom: 1rem; border-radius: 50%;
  background: var(--tint); color: var(--accent);
}
.icon svg { width: 1.5rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.icon-warning { background: var(--notice-tint); color: var(--notice) }`

const FORMS = `
.field { margin: 0 0 .5rem }
label { display: block; margin-bottom: .25rem; font-weight: 600 }
input[type=password], input[type=text] {
  width: 100%; min-height: 2.875rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--edge); border-radius: .5rem;
}
input[aria-invalid=true] { border: 2px solid var(--danger) }
.below-field { margin-top: .25rem; color: var(--muted); font-size: .875rem; line-height: 1.4 }
.below-field::before, .field-error { font-weight: 600 }
.field-error { display: inline; color: var(--danger) }
.check { display: flex; align-items: center; gap: .625rem; min-height: 2.75rem; margin: 0 0 .75rem }
@media (scripting: none) { .check:empty { display: none } }
.check label { margin: 0; font-weight: 400 }
.check input { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent) }
button, .button {
  display: block; width: 100%; min-height: 2.9375rem; padding: .625rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .5rem;
  text-align: center; text-decoration: none; overflow-wrap: anywhere;
}
button:hover, .button:hover { color: var(--on-accent); background: var(--accent-strong) }
.button { margin-top: 1.25rem }
.button bdi, h1 bdi, .name { display: inline; font-weight: inherit }
.quiet { color: var(--accent); background: none; border-color: var(--edge) }
.quiet:hover { color: var(--accent-strong); background: var(--tint) }
form + p { margin-top: 1rem }
.errors {
  margin-top: 1rem; padding: .75rem 1rem; color: var(--danger); background: var(--danger-tint); border: 1px solid var(--danger);
  border-radius: .5rem; font-size: .9375rem;
}
.errors h2 { margin: 0; font-size: inherit }
ul { padding-inline-start: 1.25rem }
.errors ul { margin: 0 }
.errors a { color: inherit }`

/*
 * A room keeps its height when a sentence appears in it, so nothing below it moves. Its longest sentence is in it as
 * hidden content and gives it the height, at every width. Of its children the first one with content is visible.
 */
const ROOM = `
.room { position: relative; display: grid; min-width: 0 }
.room::before { content: attr(data-fits); grid-area: 1 / 1; visibility: hidden; white-space: pre-line; overflow-wrap: anywhere }
.room > * { position: absolute; inset: 0 0 auto; max-height: 100%; margin: 0; overflow-y: auto; overflow-wrap: anywhere }
.room > .resting { position: static; grid-area: 1 / 1 }
.room > :not(:empty) ~ * { visibility: hidden }`

const MAILBOX = `
.notice {
  width: 100%; max-width: 56rem; margin: 0 0 1rem; padding: .75rem 1rem; color: var(--notice); background: var(--notice-tint);
  border: 1px solid var(--notice-line); border-radius: .5rem; font-size: .9375rem;
}
.mails { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line) }
.mails li { padding: .875rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.mails a { font-weight: 600 }
.mails p { margin: .125rem 0 0 }
.kind { display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: var(--tint); color: var(--text); font-size: .8125rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1rem }
dt { color: var(--muted) }
dd { margin: 0; overflow-wrap: anywhere }
iframe { display: block; width: 100%; height: 36rem; background: #fff; border: 1px solid var(--line); border-radius: .5rem; resize: vertical }
pre {
  margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--page); border-radius: .5rem;
  font: .9375rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
}`

/*
 * Nothing on a page moves or fades, so a wish for less motion needs no rule. With forced colours the system paints text,
 * links and edges; the mark keeps its colours. On paper a page is its text.
 */
const MEDIA = `
@media (forced-colors: active) {
  .mark { forced-color-adjust: none }
  .icon { border: 2px solid }
  .button { text-decoration: underline }
}
@media print {
  body { padding: 0; background: none }
  main { max-width: none; border: 0; box-shadow: none }
  button, .check { display: none }
}`

/** The one stylesheet of every page. It has no import, font or image, so it makes no request. */
export const STYLESHEET = `${COLORS}${FRAME}${ROOM}${FORMS}${MAILBOX}${MEDIA}\n`.trimStart()
