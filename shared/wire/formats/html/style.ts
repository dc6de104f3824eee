/** The page's inlined style. Nothing is fetched, so the page looks the same wherever it is saved, and in print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1a18; --quiet: #5f5b54; --line: #d9d4ca; --paper: #fdfcf9; --link: #8a1c1c }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece8e1; --quiet: #a8a299; --line: #3b3833; --paper: #171614; --link: #f0a39a }
}
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100% }
body { margin: 0; padding: clamp(1.25rem, 5vw, 4rem) 1.25rem }
article { max-width: 38rem; margin: 0 auto; font: 1.1875rem/1.6 'Source Serif 4', 'Source Serif Pro', Charter, Georgia, serif; overflow-wrap: break-word }
h1, h2, h3, p, li { white-space: pre-wrap }
h1 { margin: 0 0 .5em; font-size: clamp(2rem, 6vw, 2.9rem); line-height: 1.1; text-wrap: balance }
h2, h3 { margin: 1.6em 0 .4em; line-height: 1.25 }
h2 { font-size: 1.35rem } h3 { font-size: 1.15rem }
.section, .byline, .dateline, .sent, figcaption, footer { font-family: Inter, system-ui, sans-serif; font-size: .875rem; line-height: 1.5 }
.section { margin: 0 0 .75rem; color: var(--link); font-weight: 600 }
.standfirst { margin: 0 0 1.25rem; font-size: 1.3rem; line-height: 1.45; color: var(--quiet) }
.byline { margin: 0; font-weight: 600 }
.dateline, .sent { margin: 0; color: var(--quiet) }
.notice, .rights, .note h2, .related { font-family: Inter, system-ui, sans-serif; line-height: 1.5 }
.notice { margin: 0 0 1rem; padding: .6rem .9rem; background: var(--link); color: var(--paper); font-size: .9375rem; font-weight: 600 }
.note { margin: 0 0 1.75rem; padding: .9rem 1.1rem; border: 1px solid var(--link); border-radius: 2px }
.note h2 { margin: 0 0 .3rem; color: var(--link) } .note p { margin: 0 }
.note h2, .related h2 { font-size: .9375rem }
.related { font-size: .9375rem }
.rights { margin: 2rem 0 0; color: var(--quiet); font-size: .8125rem }
header { padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); margin-bottom: 1.5rem }
figure { margin: 0 0 1.75rem }
img { display: block; max-width: 100%; height: auto; border-radius: 2px }
figcaption { margin-top: .6rem; color: var(--quiet) }
figcaption p { margin: 0 } .credit { font-size: .8125rem }
.body p { margin: 0 0 1em }
.body li > p { margin: 0 0 .35em }
blockquote { margin: 1.5em 0; padding-inline-start: 1.1em; border-inline-start: 3px solid var(--link) }
a { color: var(--link); text-underline-offset: .15em }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet) }
@media print { body { padding: 0 } article { max-width: none; font-size: 11pt } a { color: inherit } }
`.trim()
